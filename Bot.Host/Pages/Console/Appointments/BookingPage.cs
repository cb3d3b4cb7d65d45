using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One booking: what is known of it, masked, and what the desk can do with it.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter)]
public sealed class BookingPage(IBookings bookings, IBookingDesk desk, IVisits visits, IBookingCare care, AppointmentPlans plans) : ConsolePage
{
    public override string Title => Booking?.Number ?? "预约";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    public Booking? Booking { get; private set; }

    public string Name { get; private set; } = "";

    public string IdNumber { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>In clear, on the answer to a reason that was given.</summary>
    public bool Revealed { get; private set; }

    public AppointmentPlan Plan => plans.Current;

    public static string PathOf(string number) => $"{BookingsPage.Path}/{number}";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct) => await LoadAsync(number, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCheckInAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        return await visits.CheckInAsync(number, Me, ct) is CheckInResult.In ticket
            ? GoTo(PathOf(number), $"已签到，号码 {ticket.Place.Visit.Ticket}，前面 {ticket.Place.Ahead} 人") : Refuse("只有今天的有效预约可以签到。");
    }

    public async Task<IActionResult> OnPostMissAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        return await care.MissAsync(number, Me, ct) ? GoTo(PathOf(number), "已标记为爽约") : Refuse("还没到预约时间，或者已经签到、取消，不能标记爽约。");
    }

    [Repeatable]
    public async Task<IActionResult> OnPostRevealAsync(string number, [Required, StringLength(100)] string reason, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(reason))
            return Refuse("请填写查看原因，最多100个字。");
        var visitor = await desk.RevealAsync(number, reason.Trim(), Me, ct);
        (Name, IdNumber, Phone, Revealed) = (visitor!.Name, visitor.IdNumber, visitor.Phone, true);
        return Page();
    }

    private async Task<bool> LoadAsync(string number, CancellationToken ct)
    {
        if (await bookings.FindAsync(number, ct) is not { } booking || !Me.MaySee(Plan.BranchOf(booking.Place.Group)))
            return false;
        var visitor = await bookings.VisitorAsync(booking, ct);
        (Booking, Name, IdNumber, Phone) = (booking, PersonName.Mask(visitor.Name), Bot.Handlers.Appointments.IdNumber.Mask(visitor.IdNumber), PhoneNumber.Mask(visitor.Phone));
        return true;
    }
}
