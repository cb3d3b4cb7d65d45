using Bot.Data.Staff;
using Microsoft.AspNetCore.Authorization;

namespace Bot.Host.Pages.Console;

/// <summary>Who may open a page: staff with one of the roles; without roles anybody who is signed in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StaffOnlyAttribute : AuthorizeAttribute
{
    public StaffOnlyAttribute(params StaffRole[] roles)
    {
        Allowed = roles;
        AuthenticationSchemes = StaffAuthentication.Name;
        if (roles.Length > 0)
            Roles = string.Join(',', roles);
    }

    public IReadOnlyList<StaffRole> Allowed { get; }

    public bool Admits(StaffMember person) => Allowed.Count == 0 || Allowed.Any(role => person.Is(role));
}

/// <summary>Which of those who may open the page may do this; for a handler that changes something.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnlyAttribute(params StaffRole[] roles) : Attribute
{
    public IReadOnlyList<StaffRole> Roles => roles;
}

/// <summary>This handler changes nothing, and may be called with the same form any number of times: a preview.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute;

/// <summary>A bound number or time of which the page tells, beside the field, that what was sent means nothing. Without it such a form is refused before the handler.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ToldAttribute : Attribute;
