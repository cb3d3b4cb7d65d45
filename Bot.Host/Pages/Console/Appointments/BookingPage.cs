using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One booking: what is known of it, masked, and what the desk can do with it.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter)]
public sealed class BookingPage(
    IBookings bookings, IBookingDesk desk, IDeskBookings acts, IVisits visits, IBookingCare care, IPlaces places, BookingMessages messages, BanMessages bans, AppointmentPlans plans, TimeProvider clock)
    : ConsolePage
{
    public override string Title => Booking?.Number ?? "预约";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    public Booking? Booking { get; private set; }

    public string Name { get; private set; } = "";

    public string IdNumber { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>In clear, on the answer to a reason that was given.</summary>
    public bool Revealed { get; private set; }

    /// <summary>Where it can be moved to, by day: the same hall's places, or those of all halls when that one does not give the service any more.</summary>
    public IReadOnlyList<IGrouping<DateOnly, FreeSlot>> Places { get; private set; } = [];

    /// <summary>Until then the citizen may still check in.</summary>
    public bool MayMiss => Booking is { Status: BookingStatus.Booked } booking && clock.GetUtcNow() > booking.Place.StartsAt.AddMinutes(Plan.Rules.LateMinutes);

    public AppointmentPlan Plan => plans.Current;

    public static string PathOf(string number) => $"{BookingsPage.Path}/{number}";

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct) => await LoadAsync(number, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCancelAsync(string number, [Required, StringLength(100)] string reason, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        if (Reason(reason) is not { } why)
            return NoReason();
        return await acts.CancelAsync(number, why, Me, b => messages.Cancelled(b, why), ct)
            ? GoTo(PathOf(number), "已取消预约并告知市民") : Refuse("这个预约已经签到、办理或取消，不能再取消。");
    }

    public async Task<IActionResult> OnPostMoveAsync(string number, [StringLength(40)] string? place, [Required, StringLength(100)] string reason, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        if (Reason(reason) is not { } why)
            return NoReason();
        if (!Place.TryParse(place, null, out var to) || Places.SelectMany(d => d).All(s => s.Place != to))
            return Refuse("请选择新的时段；原来选的可能刚刚约满。");
        return await acts.MoveAsync(number, to, why, Me, (old, moved) => messages.Moved(old, moved, why), ct) switch
        {
            BookingResult.Booked => GoTo(PathOf(number), "已改期并告知市民"),
            BookingResult.DayLimit or BookingResult.WeekLimit => Refuse("这位办事人当天或当周的预约已达上限，请选择其他日期。"),
            BookingResult.SameService => Refuse("这位办事人另有同一事项的预约，请先取消那一个。"),
            BookingResult.NotFound => Refuse("这个预约已经签到、办理或取消，不能再改期。"),
            _ => Refuse("这个时段刚刚约满或停办，请另选时段。"),
        };
    }

    public async Task<IActionResult> OnPostForgiveAsync(string number, [Required, StringLength(100)] string reason, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct))
            return NotFound();
        if (Reason(reason) is not { } why)
            return NoReason();
        return await acts.ForgiveAsync(number, why, Me, b => bans.Forgiven(b, why), ct)
            ? GoTo(PathOf(number), "已撤销爽约并告知市民") : Refuse("这个预约没有记为爽约。");
    }

    private string? Reason(string reason) => ModelState.IsValid && !string.IsNullOrWhiteSpace(reason) ? reason.Trim() : null;

    private IActionResult NoReason() => Refuse("请填写原因，最多100个字，会告知市民。");

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
        return await care.MissAsync(number, Me, ct) ? GoTo(PathOf(number), "已标记为爽约") : Refuse($"预约时间后 {Plan.Rules.LateMinutes} 分钟内市民仍可签到；已经签到、取消的也不能标记爽约。");
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
        if (booking.Status is BookingStatus.Booked or BookingStatus.Displaced)
            Places = await PlacesForAsync(booking, ct);
        (Booking, Name, IdNumber, Phone) = (booking, PersonName.Mask(visitor.Name), Bot.Handlers.Appointments.IdNumber.Mask(visitor.IdNumber), PhoneNumber.Mask(visitor.Phone));
        return true;
    }

    private async Task<IReadOnlyList<IGrouping<DateOnly, FreeSlot>>> PlacesForAsync(Booking booking, CancellationToken ct)
    {
        var groups = Plan.GroupFor(booking.Service, Plan.BranchOf(booking.Place.Group).Code) is { } same && Plan.Service(booking.Service) is { Active: true }
            ? [same] : Plan.BranchesFor(booking.Service).Select(b => Plan.GroupFor(booking.Service, b.Code)!).ToArray();
        var today = Beijing.DateOf(clock.GetUtcNow());
        List<FreeSlot> free = [];
        foreach (var group in groups)
        {
            free.AddRange((await places.FreeAsync(group.Id, today, today.AddDays(Plan.Rules.DaysAhead), booking.Run, ct))
                .Where(s => s.Place != booking.Place && (s.Free > 0 || booking.Priority && s.Reserved > 0)));
        }

        return [.. free.OrderBy(s => s.Place.Day).ThenBy(s => s.Place.Start).GroupBy(s => s.Place.Day)];
    }
}
