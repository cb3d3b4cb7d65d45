using Bot.Data.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bot.Host.Pages.Console;

[AllowAnonymous]
public sealed class SignOutPage(IStaffSessions sessions) : PageModel
{
    public IActionResult OnGet() => Redirect(ConsoleRoutes.Home);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await StaffAuthentication.SessionOfAsync(HttpContext) is { } session)
            await sessions.EndAsync(session.Id, ct);
        StaffAuthentication.Take(HttpContext);
        return Redirect(ConsoleRoutes.SignIn);
    }
}
