using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Host.Endpoints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>大厅屏: who is called where, large; it keeps itself up to date.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ScreenPage(AppointmentPlans plans, CalendarLibrary calendar, IVisits visits, TimeProvider clock) : PageModel
{
    public Branch Hall { get; private set; } = null!;

    public HallState State { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string branch, CancellationToken ct)
    {
        if (plans.Current.Branch(branch) is not { Active: true } hall)
            return NotFound();
        (Hall, State) = (hall, HallState.Of(plans.Current, calendar.Current, clock.GetUtcNow(), await visits.TodayAsync(branch, ct)));
        return Page();
    }
}
