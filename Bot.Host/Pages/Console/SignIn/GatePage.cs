using Bot.Data.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bot.Host.Pages.Console;

/// <summary>A step between the password and the console: for whoever stands before it, and nobody else.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public abstract class GatePage : PageModel
{
    protected abstract SignInStage Stage { get; }

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    protected StaffSession Session { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var session = await StaffAuthentication.SessionOfAsync(HttpContext);
        if (session is null || session.Stage != Stage)
        {
            context.Result = Redirect(ConsoleRoutes.StageOf(session?.Stage, Back));
            return;
        }

        Session = session;
        await next();
    }

    /// <summary>Whatever still stands between, or the page they wanted.</summary>
    protected RedirectResult Onward() => Redirect(ConsoleRoutes.StageOf(SignInStage.Open, Back));
}
