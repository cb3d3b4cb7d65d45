using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>What becomes of a booking form that was filled in, in words.</summary>
public sealed class BookingOffice(IBookings bookings, IBookingLimits limits, IWaitlist waitlist, IVisitors visitors, FamilyConsents consents, BookingWords words)
{
    private static readonly Text s_family = Text.Of("booking.confirm-family");
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
    private static readonly Text s_elsewhere = Text.Of("booking.elsewhere");
    private static readonly Text s_people = Text.Of("booking.limit-people");
    private static readonly Text s_account = Text.Of("booking.limit-account");
    private static readonly Text s_accountWaits = Text.Of("booking.limit-waits");
    private static readonly Text s_notOffered = Text.Of("booking.not-offered");
    private static readonly Text s_nothingToWait = Text.Of("booking.slot-closed");
    private static readonly Text s_over = Text.Of("booking.done-over");
    private static readonly Text s_again = Text.Of("booking.again");
    private static readonly Text s_banned = Text.Of("booking.banned");
    private static readonly Text s_appeal = Text.Of("booking.appeal");
    private static readonly Text s_far = Text.Of("booking.limit-ahead");
    private static readonly Text s_gone = Text.Of("booking.slot-gone");
    private static readonly Text s_waiting = Text.Of("booking.waiting");
    private static readonly Text s_waitingAlready = Text.Of("booking.waiting-already");
    private static readonly Text s_mine = Text.Of("booking.mine");

    private static readonly Ending.BackTo s_otherVisitor = new("who", Text.Of("booking.who-gone").Say()) { Only = ["who", "confirm"] };

    // Another day helps nobody whom a rule keeps from this service, whichever rule it is.
    private static readonly Ending.Way s_otherPerson = new(Text.Of("booking.who-other").Say(), "who", "name", "family", "id", "phone", "confirm");
    private static readonly Ending.Way s_otherService = new(
        Text.Of("booking.service-other").Say(), "service", "branch", "day", "slot", PlaceChoices.HalfStep, "priority", "confirm");

    internal async Task<string> SummaryAsync(BookingDraft draft, CancellationToken ct)
    {
        var (visitor, place) = (await VisitorAsync(draft, ct), draft.Place!.Value);
        var hall = words.Hall(place);
        var consent = visitor is { Family: true } ? $"{s_family.Say()}\n" : "";
        return consent + (draft.Waits ? s_confirmWaiting : s_confirm).Say(words.ServiceName(draft.Service), hall.Name, hall.Address, words.When(place),
            PersonName.Mask(visitor?.Name ?? ""), IdNumber.Mask(visitor?.IdNumber ?? ""), PhoneNumber.Mask(visitor?.Phone ?? ""));
    }

    internal async Task<Ending> BookAsync(BookingDraft draft, CancellationToken ct)
    {
        if (await VisitorAsync(draft, ct) is not { } visitor)
            return s_otherVisitor;
        var wish = Wish(draft, visitor);
        var result = await bookings.BookAsync(wish, ct);
        if (result is BookingResult.Booked booked)
        {
            if (Over(booked.Booking, words) is { } over)
                return new Ending.Done(over);
            await consents.GiveAsync(booked.Booking, ct);
            if (draft.Remember)
                await visitors.RememberAsync(draft.Citizen, visitor, ct);
            return new Ending.Done(Answer.Say($"{s_done.Say()}\n{await words.TicketAsync(booked.Booking, ct)}\n{s_afterwards.Say()}"));
        }

        // The database goes by the ID number, whatever was said.
        return result is BookingResult.SlotFull && draft is { Reserved: true, Claim: PriorityClaim.None } && !wish.HasPriority
            ? PlaceChoices.OtherSlot with { Why = s_notElder.Say() } : Refused(result);
    }

    /// <summary>What stands against the draft already, now that it says who comes; null for nothing.</summary>
    internal async Task<Ending?> LookAsync(BookingDraft draft, CancellationToken ct) =>
        await VisitorAsync(draft, ct) is { } visitor && await limits.LookAsync(Wish(draft, visitor), draft.Waits, ct) is { } refused ? Refused(refused) : null;

    internal async Task<Ending> WaitAsync(BookingDraft draft, CancellationToken ct)
    {
        if (await VisitorAsync(draft, ct) is not { } visitor)
            return s_otherVisitor;
        if (await LookAsync(draft, ct) is { } refused)
            return refused;
        var wish = Wish(draft, visitor);
        var waiting = await waitlist.WaitAsync(wish, ct);
        if (waiting.Status is WaitingStatus.Waiting)
            await consents.GiveWaitingAsync(wish, ct);
        return waiting.Status switch
        {
            WaitingStatus.Waiting => new Ending.Done(Answer.Say(s_waiting.Say(waiting.Place))),
            WaitingStatus.Already => new Ending.Done(Answer.Say(s_waitingAlready.Say())),
            WaitingStatus.TooMany => Refused(new BookingResult.AccountLimit(waiting.Place, Waits: true)),
            WaitingStatus.NotFull => PlaceChoices.OtherSlot with { Why = s_freed.Say() },
            WaitingStatus.Gone => PlaceChoices.OtherSlot with { Why = s_nothingToWait.Say() },
        };
    }

    /// <summary>Why there is no place, and what to do instead.</summary>
    internal static Ending Refused(BookingResult result) => result switch
    {
        BookingResult.DayLimit or BookingResult.WeekLimit or BookingResult.TooFar => PlaceChoices.OtherDay with { Why = Why(result) },
        BookingResult.Elsewhere => new Ending.Choose(Why(result), [s_otherPerson, s_otherService]),
        BookingResult.PeopleLimit => new Ending.Choose(Why(result), [s_otherPerson]),
        BookingResult.SameService or BookingResult.AccountLimit => new Ending.Done(NumberedList.Page(Why(result), [Mine], 0)),
        BookingResult.NotOffered => new Ending.Done(NumberedList.Page(Why(result), [new(s_again.Say(), "book")], 0)),
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
        BookingResult.Elsewhere => s_elsewhere.Say(),
        BookingResult.PeopleLimit => s_people.Say(),
        BookingResult.AccountLimit limit => (limit.Waits ? s_accountWaits : s_account).Say(limit.Most),
        BookingResult.NotOffered => s_notOffered.Say(),
        BookingResult.Banned banned => s_banned.Say(Day(banned.Until)),
        _ => s_gone.Say(),
    };

    /// <summary>What a confirmation that comes again, of a booking that was given up meanwhile, is answered; null while there is something to confirm.</summary>
    internal static Answer? Over(Booking booking, BookingWords words) => booking.Status is BookingStatus.Cancelled or BookingStatus.Displaced
        ? NumberedList.Page(s_over.Say(words.Line(booking)), [Mine], 0) : null;

    internal static string Day(DateTimeOffset at) => Beijing.DateOf(at).ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    internal static Choice Mine { get; } = new(s_mine.Say(), "book.mine");

    internal static Choice Appeal(BookingResult.Banned banned) => new(s_appeal.Say(), string.Create(CultureInfo.InvariantCulture, $"book.appeal-ban {banned.Ban}"));

    private static NewBooking Wish(BookingDraft draft, Visitor visitor) => new(draft.Run, draft.Citizen, draft.Service, draft.Place!.Value, visitor, draft.Claim);

    // Null: forgotten meanwhile, at the citizen's own word.
    private async Task<Visitor?> VisitorAsync(BookingDraft draft, CancellationToken ct) =>
        draft.Known is { } id
            ? (await visitors.KnownAsync(draft.Citizen, ct)).FirstOrDefault(k => k.Id == id)?.Visitor
            : new(draft.Name, draft.IdNumber, draft.Phone, draft.Family);
}
