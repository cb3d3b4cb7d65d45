using Bot.Data.Appointments;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>预约凭证: where and when, the picture to show in the hall, the way into a calendar. Nothing about the person.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class TicketPage(BookingLinks links, IBookings bookings, AppointmentPlans plans, BookingWords words, TimeProvider clock) : PageModel
{
    public Booking Booking { get; private set; } = null!;

    public Branch Hall { get; private set; } = null!;

    public string Service { get; private set; } = "";

    public string When { get; private set; } = "";

    public string Bring { get; private set; } = "";

    /// <summary>When the hall is open.</summary>
    public string Open { get; private set; } = "";

    public string Base { get; private set; } = "";

    public bool Over { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, string signature, CancellationToken ct)
    {
        if (!await links.IsRightAsync(number, signature, ct) || await bookings.FindAsync(number, ct) is not { } booking)
            return NotFound();
        (Booking, Hall, Service) = (booking, plans.Current.BranchOf(booking.Place.Group), plans.Current.Service(booking.Service)?.Name ?? "");
        When = words.When(booking.Place);
        Bring = words.Bring(booking.Service);
        Open = OpeningWords.Of(plans.Current, Hall.Code);
        Base = $"/b/{number}/{signature}";
        Over = booking.Status is BookingStatus.Cancelled or BookingStatus.Displaced or BookingStatus.Missed || booking.Place.StartsAt.AddDays(1) < clock.GetUtcNow();
        return Page();
    }
}
