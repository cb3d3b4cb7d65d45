using System.Globalization;
using Bot.Host.Operation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bot.Host.Pages.Public;

/// <summary>What a citizen, or in the console a clerk, sees in place of a page that cannot be shown.</summary>
/// <remarks>It changes nothing, whoever sent the form that ended here: there is nothing to guard, and a form without its token must find it, too.</remarks>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class Sorry : PageModel
{
    public int Status { get; private set; }

    /// <summary>Whether a document was asked for.</summary>
    public bool OfPolicy { get; private set; }

    public bool OfConsole { get; private set; }

    /// <summary>Whether this host has just begun, and has no content yet.</summary>
    public bool OfStart { get; private set; }

    /// <summary>Whether a form was sent.</summary>
    public bool OfForm { get; private set; }

    public void OnGet() => Tell();

    // A form that was posted too often, or broke, ends here too.
    public void OnPost() => Tell();

    private void Tell()
    {
        // Bound as a parameter it would be lost where the form cannot be read.
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        Status = status is >= 400 and <= 599 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        var asked = new PathString(HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath);
        (OfPolicy, OfConsole) = (asked.StartsWithSegments("/p"), asked.StartsWithSegments("/console"));
        OfStart = !HttpContext.RequestServices.GetRequiredService<Readiness>().Loaded.IsCompleted;
        OfForm = HttpMethods.IsPost(Request.Method);
    }
}
