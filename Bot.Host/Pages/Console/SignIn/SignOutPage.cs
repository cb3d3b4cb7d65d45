using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bot.Host.Pages.Console;

[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignOutPage(IStaffSessions sessions, IAuditLog audit, OidcOptions oidc) : PageModel
{
    public string Provider => oidc.Label;

    /// <summary>Where they leave the office's own provider.</summary>
    public string? Elsewhere { get; private set; }

    public IActionResult OnGet() => Redirect(ConsoleRoutes.Home);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await StaffAuthentication.SessionOfAsync(HttpContext) is { } session)
        {
            await sessions.EndAsync(session.Id, ct);
            await audit.WriteAsync(new(session.Member.Name, "staff.sign_out", "staff", session.Member.Name), ct);
        }

        StaffAuthentication.Take(HttpContext);
        Elsewhere = await OidcSignOut.AddressAsync(HttpContext, oidc, ct);
        if (Elsewhere is null)
            return Redirect(ConsoleRoutes.SignIn);
        // A page in between: browsers let no form of ours redirect to another site.
        Response.Headers["Refresh"] = $"0; url={Elsewhere}";
        return Page();
    }
}
