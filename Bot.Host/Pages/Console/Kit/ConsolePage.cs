using System.Reflection;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bot.Host.Pages.Console;

/// <summary>What every page of the console shares. A page adds [StaffOnly(roles)] and its title; docs/console.md tells the rest.</summary>
[StaffOnly]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public abstract class ConsolePage : PageModel
{
    internal const string ToastKey = "toast";

    /// <summary>Who asks.</summary>
    public StaffMember Me => ((StaffSession)HttpContext.Items[typeof(StaffSession)]!).Member;

    /// <summary>The session of this browser.</summary>
    protected long MySession => ((StaffSession)HttpContext.Items[typeof(StaffSession)]!).Id;

    /// <summary>Heading and window title.</summary>
    public abstract string Title { get; }

    /// <summary>One sentence below the heading; null for none.</summary>
    public virtual string? Lead => null;

    /// <summary>The pages above this one, without 工作台.</summary>
    public virtual IReadOnlyList<Crumb> Trail => [];

    /// <summary>Where it stands in the menu.</summary>
    public virtual PathString MenuPath => Request.Path;

    /// <summary>After a form did its work: the page to show, and what to tell there. Never render a page in answer to a form that acted.</summary>
    protected RedirectResult GoTo(string path, string? toast = null)
    {
        if (toast is not null)
            TempData[ToastKey] = toast;
        return Redirect(path);
    }

    /// <param name="undo">Behind 撤销 in the toast.</param>
    protected RedirectResult GoTo(string path, string toast, Undo undo)
    {
        Undo.Keep(TempData, undo);
        return GoTo(path, toast);
    }

    /// <summary>A problem that belongs to no field, or to the one named.</summary>
    protected PageResult Refuse(string problem, string field = "")
    {
        ModelState.AddModelError(field, problem);
        return Page();
    }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod?.MethodInfo.GetCustomAttribute<OnlyAttribute>() is { } only && !only.Roles.Any(role => Me.Is(role)))
            context.Result = new ForbidResult(StaffAuthentication.Name);
    }
}

public sealed record Crumb(string Title, string Path);
