using Bot.Handlers.Participation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>How the office serves, for everybody to see.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class PerformancePage(PerformanceBoard board) : PageModel
{
    public PerformanceReport Report { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await board.ReadAsync(ct) is not { } report)
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        Report = report;
        return Page();
    }
}
