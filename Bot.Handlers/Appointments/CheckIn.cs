using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>签到: by the hall's QR code, or by the word; the booking of today gets its number in the queue.</summary>
public sealed class CheckIn(IBookings bookings, IVisits visits, IVisitors visitors, AppointmentPlans plans, QueueWords queue, BookingWords words) : IHandler
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
    private static readonly Text s_elsewhere = Text.Of("queue.elsewhere");
    private static readonly Text s_displaced = Text.Of("queue.displaced");
    private static readonly Text s_missed = Text.Of("queue.missed-booking");
    private static readonly Text s_move = Text.Of("mine.move");

    /// <summary>The argument is a hall's code from its QR code, the number of a booking, both once one was chosen, or nothing.</summary>
    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (code, number) = request.Argument.Split(' ') is [var c, var n] ? (c, n) : (request.Argument, request.Argument);
        var scanned = plans.Current.Branch(code);
        var chosen = await MyBooking.FindAsync(bookings, request.Citizen, number, ct);
        if (request.Argument.Length > 0 && scanned is null && chosen is null)
            return Answer.Say(s_branchGone.Say());
        var open = chosen is not null ? [chosen] : (await bookings.OpenAsync(request.Citizen, ct)).Where(b => b.Place.Day == words.Today).ToArray();
        var today = open.Where(b => b.Status is not BookingStatus.Displaced && (scanned is null || chosen is not null || words.Hall(b.Place).Code == scanned.Code)).ToArray();
        // Who took a number without a booking has it already. One that a closure ended says less than the booking does.
        if (today is [] && await visits.MineAsync(request.Citizen, scanned?.Code, ct) is { } mine && (open is [] || mine.Visit.Status is not VisitStatus.Missed))
            return queue.Ticket(mine, again: true);
        // Whoever came for a booking is told what became of it, or where it is.
        if (today is [] && open is [var other, ..])
            return Other(other, scanned);
        if ((chosen is null ? today is [] ? await bookings.MissedAsync(request.Citizen, ct) : null : chosen) is { Status: BookingStatus.Missed } missed && missed.Place.Day == words.Today)
            return Missed(missed, scanned);
        return today switch
        {
            [] => scanned is null ? NumberedList.Page(s_nowhere.Say(), [new(s_again.Say(), "book")], 0) : Answer.Pass($"visit.walk-in {scanned.Code}"),
            [var only] => await CheckInAsync(request, only, scanned is not null, ct),
            _ => NumberedList.Page(s_which.Say(), [.. today.Select(b => new Choice(words.Line(b), scanned is null ? $"visit.check-in {b.Number}" : $"visit.check-in {scanned.Code} {b.Number}"))], request.Page),
        };
    }

    private Answer Other(Booking booking, Branch? scanned)
    {
        Choice[] walkIn = scanned is null ? [] : [new(s_walkIn.Say(), $"visit.walk-in {scanned.Code}")];
        return booking.Status is BookingStatus.Displaced
            ? NumberedList.Page(s_displaced.Say(words.Line(booking)), [new(s_move.Say(), $"book.move {booking.Number}"), .. walkIn], 0)
            : NumberedList.Page(s_elsewhere.Say(words.Line(booking), words.Hall(booking.Place).Name, words.Hall(booking.Place).Address), walkIn, 0);
    }

    // The desk sees them, and can take it back.
    private Answer Missed(Booking booking, Branch? scanned)
    {
        var (lead, hall) = (s_missed.Say(words.Line(booking), words.Hall(booking.Place).Name), words.Hall(booking.Place).Code);
        return scanned is null ? Answer.Say(lead)
            : NumberedList.Page(lead, [new(s_walkIn.Say(), hall == scanned.Code ? $"visit.walk-in {hall} {booking.Service}" : $"visit.walk-in {scanned.Code}")], 0);
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
            CheckInResult.In ticket => queue.Ticket(ticket.Place, ticket.Again),
            CheckInResult.TooEarly early => Answer.Say(s_early.Say(words.When(booking.Place), early.From.ToOffset(Beijing.Offset).ToString("HH:mm", CultureInfo.InvariantCulture))),
            CheckInResult.TooLate => NumberedList.Page(s_late.Say(words.When(booking.Place)),
                [new(s_walkIn.Say(), $"visit.walk-in {hall.Code} {booking.Service} {booking.Number}"), new(s_again.Say(), "book")], 0),
            _ => NumberedList.Page(s_nowhere.Say(), [new(s_again.Say(), "book")], 0),
        };
    }
}
