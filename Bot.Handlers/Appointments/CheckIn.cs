using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>签到: by the hall's QR code, or by the word; the booking of today gets its number in the queue.</summary>
public sealed class CheckIn(IBookings bookings, IVisits visits, IVisitors visitors, AppointmentPlans plans, BookingWords words) : IHandler
{
    // Where somebody was before that says nothing of where they are.
    private static readonly TimeSpan s_there = TimeSpan.FromMinutes(15);

    // A hall and its car park; what a phone thinks of its place is no better.
    private const double NearKilometres = 1;

    private static readonly Text s_branchGone = Text.Of("queue.branch-gone");
    private static readonly Text s_nowhere = Text.Of("queue.nowhere");
    private static readonly Text s_which = Text.Of("queue.which");
    private static readonly Text s_far = Text.Of("queue.far");
    private static readonly Text s_early = Text.Of("queue.too-early");
    private static readonly Text s_late = Text.Of("queue.too-late");
    private static readonly Text s_walkIn = Text.Of("queue.walk-in");
    private static readonly Text s_again = Text.Of("booking.again");

    /// <summary>The argument is a hall's code from its QR code, the number of a booking, both once one was chosen, or nothing.</summary>
    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (code, number) = request.Argument.Split(' ') is [var c, var n] ? (c, n) : (request.Argument, request.Argument);
        var scanned = plans.Current.Branch(code);
        var chosen = await MyBooking.FindAsync(bookings, request.Citizen, number, ct);
        if (request.Argument.Length > 0 && scanned is null && chosen is null)
            return Answer.Say(s_branchGone.Say());
        var today = chosen is not null ? [chosen] : (await bookings.OpenAsync(request.Citizen, ct))
            .Where(b => b.Place.Day == words.Today && b.Status is not BookingStatus.Displaced && (scanned is null || words.Hall(b.Place).Code == scanned.Code)).ToArray();
        // Who took a number without a booking has it already.
        if (today is [] && await visits.MineAsync(request.Citizen, scanned?.Code, ct) is { } mine)
            return QueueWords.Ticket(plans.Current, mine, again: true);
        return today switch
        {
            [] => scanned is null ? NumberedList.Page(s_nowhere.Say(), [new(s_again.Say(), "book")], 0) : Answer.Pass($"visit.walk-in {scanned.Code}"),
            [var only] => await CheckInAsync(request, only, scanned is not null, ct),
            _ => NumberedList.Page(s_which.Say(), [.. today.Select(b => new Choice(words.Line(b), scanned is null ? $"visit.check-in {b.Number}" : $"visit.check-in {scanned.Code} {b.Number}"))], request.Page),
        };
    }

    private async Task<Answer> CheckInAsync(Request request, Booking booking, bool scanned, CancellationToken ct)
    {
        var hall = words.Hall(booking.Place);
        // The code hangs in the hall; only the word alone can come from anywhere.
        if (!scanned && await visitors.PlaceAsync(request.Citizen, s_there, ct) is var (latitude, longitude)
            && hall.KilometresFrom(latitude, longitude) is { } away and > NearKilometres)
            return Answer.Say(s_far.Say(hall.Name, away));
        return await visits.CheckInAsync(booking.Number, null, ct) switch
        {
            CheckInResult.In ticket => QueueWords.Ticket(plans.Current, ticket.Place, ticket.Again),
            CheckInResult.TooEarly early => Answer.Say(s_early.Say(words.When(booking.Place), early.From.ToOffset(Beijing.Offset).ToString("HH:mm", CultureInfo.InvariantCulture))),
            CheckInResult.TooLate => NumberedList.Page(s_late.Say(words.When(booking.Place)),
                [new(s_walkIn.Say(), $"visit.walk-in {hall.Code} {booking.Service}"), new(s_again.Say(), "book")], 0),
            _ => NumberedList.Page(s_nowhere.Say(), [new(s_again.Say(), "book")], 0),
        };
    }
}

internal static class QueueWords
{
    private static readonly Text s_ticket = Text.Of("queue.ticket");
    private static readonly Text s_next = Text.Of("queue.next");
    private static readonly Text s_again = Text.Of("queue.again");
    private static readonly Text s_againNext = Text.Of("queue.again-next");
    private static readonly Text s_called = Text.Of("queue.called-already");
    private static readonly Text s_over = Text.Of("queue.over");

    public static Answer Ticket(AppointmentPlan plan, QueuePlace place, bool again)
    {
        var visit = place.Visit;
        return Answer.Say(visit.Status switch
        {
            VisitStatus.Called or VisitStatus.Serving => s_called.Say(visit.Ticket, visit.Counter),
            VisitStatus.Served or VisitStatus.Missed => s_over.Say(visit.Ticket),
            _ when again => place.Ahead == 0 ? s_againNext.Say(visit.Ticket) : s_again.Say(visit.Ticket, place.Ahead),
            _ when place.Ahead == 0 => s_next.Say(visit.Ticket),
            _ => s_ticket.Say(visit.Ticket, place.Ahead, Minutes(plan, place), plan.BranchOf(visit.Group).Name),
        });
    }

    // So many before, shared among the counters, each as long as its service takes.
    private static int Minutes(AppointmentPlan plan, QueuePlace place)
    {
        var counters = Math.Max(1, plan.Group(place.Visit.Group)?.Counters.Count ?? 1);
        return Math.Max(1, (place.Ahead + 1) * (plan.Service(place.Visit.Service)?.Minutes ?? 10) / counters);
    }
}
