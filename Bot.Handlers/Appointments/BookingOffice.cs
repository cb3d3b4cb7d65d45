using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>What becomes of a booking form that was filled in, in words.</summary>
public sealed class BookingOffice(IBookings bookings, IWaitlist waitlist, IVisitors visitors, BookingWords words)
{
    private static readonly Text s_confirm = Text.Of("booking.confirm");
    private static readonly Text s_confirmWaiting = Text.Of("booking.confirm-waiting");
    private static readonly Text s_done = Text.Of("booking.done");
    private static readonly Text s_afterwards = Text.Of("booking.afterwards");
    private static readonly Text s_notElder = Text.Of("booking.not-elder");
    private static readonly Text s_freed = Text.Of("booking.slot-freed");
    private static readonly Text s_late = Text.Of("booking.slot-late");
    private static readonly Text s_day = Text.Of("booking.limit-day");
    private static readonly Text s_week = Text.Of("booking.limit-week");
    private static readonly Text s_same = Text.Of("booking.same-service");
    private static readonly Text s_banned = Text.Of("booking.banned");
    private static readonly Text s_appeal = Text.Of("booking.appeal");
    private static readonly Text s_far = Text.Of("booking.limit-ahead");
    private static readonly Text s_gone = Text.Of("booking.slot-gone");
    private static readonly Text s_waiting = Text.Of("booking.waiting");
    private static readonly Text s_waitingAlready = Text.Of("booking.waiting-already");
    private static readonly Text s_mine = Text.Of("booking.mine");

    private static readonly Ending.BackTo s_otherVisitor = new("who", Text.Of("booking.who-gone").Say()) { Only = ["who", "confirm"] };

    internal async Task<string> SummaryAsync(BookingDraft draft, CancellationToken ct)
    {
        var (visitor, place) = (await VisitorAsync(draft, ct), draft.Place!.Value);
        var hall = words.Hall(place);
        return (draft.Waits ? s_confirmWaiting : s_confirm).Say(words.ServiceName(draft.Service), hall.Name, hall.Address, words.When(place),
            PersonName.Mask(visitor?.Name ?? ""), IdNumber.Mask(visitor?.IdNumber ?? ""), PhoneNumber.Mask(visitor?.Phone ?? ""));
    }

    internal async Task<Ending> BookAsync(BookingDraft draft, CancellationToken ct)
    {
        if (await VisitorAsync(draft, ct) is not { } visitor)
            return s_otherVisitor;
        var result = await bookings.BookAsync(Wish(draft, visitor), ct);
        if (result is BookingResult.Booked booked)
        {
            if (draft.Remember)
                await visitors.RememberAsync(draft.Citizen, visitor, ct);
            return new Ending.Done(Answer.Say($"{s_done.Say()}\n{await words.TicketAsync(booked.Booking, ct)}\n{s_afterwards.Say()}"));
        }

        // The database goes by the ID number, whatever was said.
        return result is BookingResult.SlotFull && draft is { Reserved: true, Claim: PriorityClaim.None }
            ? PlaceChoices.OtherSlot with { Why = s_notElder.Say() } : Refused(result);
    }

    internal async Task<Ending> WaitAsync(BookingDraft draft, CancellationToken ct)
    {
        if (await VisitorAsync(draft, ct) is not { } visitor)
            return s_otherVisitor;
        var waiting = await waitlist.WaitAsync(Wish(draft, visitor), ct);
        return waiting.Status switch
        {
            WaitingStatus.Waiting => new Ending.Done(Answer.Say(s_waiting.Say(waiting.Place))),
            WaitingStatus.Already => new Ending.Done(Answer.Say(s_waitingAlready.Say())),
            WaitingStatus.NotFull => PlaceChoices.OtherSlot with { Why = s_freed.Say() },
        };
    }

    /// <summary>Why there is no place, and what to do instead.</summary>
    internal static Ending Refused(BookingResult result) => result switch
    {
        BookingResult.DayLimit or BookingResult.WeekLimit or BookingResult.TooFar => PlaceChoices.OtherDay with { Why = Why(result) },
        BookingResult.SameService => new Ending.Done(NumberedList.Page(Why(result), [Mine], 0)),
        BookingResult.Banned banned => new Ending.Done(NumberedList.Page(Why(result), [Appeal(banned)], 0)),
        _ => PlaceChoices.OtherSlot with { Why = Why(result) },
    };

    internal static string Why(BookingResult result) => result switch
    {
        BookingResult.DayLimit limit => s_day.Say(limit.Most),
        BookingResult.WeekLimit limit => s_week.Say(limit.Most),
        BookingResult.TooFar limit => s_far.Say(limit.Days),
        BookingResult.TooLate => s_late.Say(),
        BookingResult.SameService => s_same.Say(),
        BookingResult.Banned banned => s_banned.Say(Beijing.DateOf(banned.Until).ToString("yyyy年M月d日", null)),
        _ => s_gone.Say(),
    };

    internal static Choice Mine { get; } = new(s_mine.Say(), "book.mine");

    internal static Choice Appeal(BookingResult.Banned banned) => new(s_appeal.Say(), string.Create(CultureInfo.InvariantCulture, $"book.appeal-ban {banned.Ban}"));

    private static NewBooking Wish(BookingDraft draft, Visitor visitor) => new(draft.Run, draft.Citizen, draft.Service, draft.Place!.Value, visitor, draft.Claim);

    // Null: forgotten meanwhile, at the citizen's own word.
    private async Task<Visitor?> VisitorAsync(BookingDraft draft, CancellationToken ct) =>
        draft.Known is { } id
            ? (await visitors.KnownAsync(draft.Citizen, ct)).FirstOrDefault(k => k.Id == id)?.Visitor
            : new(draft.Name, draft.IdNumber, draft.Phone, draft.Family);
}
