using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>What citizens are told about their bookings, and the places that they wait for, without having asked.</summary>
public sealed class BookingMessages(AppointmentPlans plans, BookingWords words, TimeProvider clock)
{
    // The office's codes of the templates for those who wrote nothing for two days.
    private const string ReminderTemplate = "booking-reminder";
    private const string ClosedTemplate = "booking-cancelled";
    private const string OfferTemplate = "waitlist";
    private const string MovedTemplate = "booking";

    // A field of a template has room for 20 characters, and the way to another place has to be in it.
    private const int LongestReason = 13;

    private static readonly Text s_day = Text.Of("remind.day");
    private static readonly Text s_soon = Text.Of("remind.soon");
    private static readonly Text s_offer = Text.Of("wait.offer");
    private static readonly Text s_waitOver = Text.Of("wait.over");
    private static readonly Text s_waitClosed = Text.Of("wait.closed");
    private static readonly Text s_waitLapsed = Text.Of("wait.lapsed-offer");
    private static readonly Text s_lapsedShort = Text.Of("wait.notice-lapsed");
    private static readonly Text s_displaced = Text.Of("displaced.lead");
    private static readonly Text s_offers = Text.Of("displaced.offers");
    private static readonly Text s_other = Text.Of("displaced.others");
    private static readonly Text s_place = Text.Of("displaced.offer");
    private static readonly Text s_rebook = Text.Of("displaced.notice");
    private static readonly Text s_hint = Text.Of("remind.notice-hint");
    private static readonly Text s_lateHint = Text.Of("remind.notice-hint-late");
    private static readonly Text s_offerHint = Text.Of("wait.notice-hint");
    private static readonly Text s_nothingFree = Text.Of("wait.notice");
    private static readonly Text s_noOffers = Text.Of("displaced.no-offers");
    private static readonly Text s_choices = Text.Of("remind.choices");
    private static readonly Text s_choicesUntil = Text.Of("remind.choices-until");
    private static readonly Text s_choiceLate = Text.Of("remind.choice-late");
    private static readonly Text s_cancelled = Text.Of("desk.cancelled");
    private static readonly Text s_moved = Text.Of("desk.moved");

    /// <summary>With what its numbers mean: what can be changed no more is not offered.</summary>
    public (NewCitizenMessage Message, IReadOnlyList<string> Choices) Reminder(Booking booking, ReminderStage stage)
    {
        var (hall, rules) = (words.Hall(booking.Place), plans.Current.Rules);
        var changeable = rules.MayChange(booking, clock.GetUtcNow());
        var lead = (stage is ReminderStage.DayBefore ? s_day : s_soon).Say(words.When(booking.Place), words.ServiceName(booking.Service), hall.Name, hall.Address);
        var choices = !changeable ? s_choiceLate.Say(words.CallHall(booking.Place))
            : rules.ChangeMinutes == 0 ? s_choices.Say() : s_choicesUntil.Say(BookingWords.Lasting(rules.ChangeMinutes));
        string[] commands = [$"book.assure {booking.Number}", .. changeable ? [$"book.move {booking.Number}", $"book.cancel {booking.Number}"] : (string[])[]];
        return (
            new()
            {
                Key = booking.ReminderKey(stage),
                To = booking.Citizen,
                Words = $"{lead}\n{choices}",
                Template = ReminderTemplate,
                Data = new Dictionary<string, string>
                {
                    ["thing1"] = words.ServiceName(booking.Service), ["time2"] = Beijing.Written(booking.Place.StartsAt), ["thing3"] = hall.Name,
                    ["thing4"] = (changeable ? s_hint : s_lateHint).Say(),
                },
                NoticeChoices = commands,
                // “明天” is right until midnight.
                ExpiresAt = stage is ReminderStage.DayBefore ? new Place(0, booking.Place.Day, TimeOnly.MinValue).StartsAt : booking.Place.StartsAt,
            },
            commands);
    }

    /// <summary>By staff.</summary>
    public NewCitizenMessage Cancelled(Booking booking, string reason) => new()
    {
        Key = $"desk-cancelled:{booking.Number}:{booking.Moves}",
        To = booking.Citizen,
        Words = s_cancelled.Say(words.When(booking.Place), words.ServiceName(booking.Service), words.Hall(booking.Place).Name, reason),
        Template = ClosedTemplate,
        Data = Cancelled(booking.Service, booking.Place, reason),
        Promised = true,
    };

    /// <summary>By staff, from one time to another.</summary>
    public NewCitizenMessage Moved(Booking old, Booking moved, string reason) => new()
    {
        Key = $"desk-moved:{moved.Number}:{moved.Moves}",
        To = moved.Citizen,
        Words = s_moved.Say(words.ServiceName(moved.Service), words.When(old.Place), words.When(moved.Place), words.Hall(moved.Place).Name, words.Hall(moved.Place).Address, reason),
        Template = MovedTemplate,
        Data = new Dictionary<string, string>
        {
            ["thing1"] = words.ServiceName(moved.Service), ["time2"] = Beijing.Written(moved.Place.StartsAt), ["thing3"] = words.Hall(moved.Place).Name,
            ["character_string4"] = moved.Number,
        },
        Promised = true,
        ExpiresAt = moved.Place.StartsAt,
    };

    public NewCitizenMessage Offer(WaitOffer offer) => new()
    {
        Key = $"wait:{offer.Id}",
        To = offer.Citizen,
        Words = s_offer.Say(words.When(offer.Place), words.ServiceName(offer.Service), words.Hall(offer.Place).Name, plans.Current.Rules.OfferMinutes),
        Template = OfferTemplate,
        Data = new Dictionary<string, string> { ["thing1"] = words.ServiceName(offer.Service), ["time2"] = Beijing.Written(offer.Place.StartsAt), ["time3"] = Beijing.Written(offer.Until), ["thing4"] = s_offerHint.Say() },
        NoticeChoices = [$"book.wait take {offer.Id}", $"book.wait decline {offer.Id}"],
        Promised = true,
        ExpiresAt = offer.Until,
    };

    /// <summary>Waited, and got no place; the one choice is to book.</summary>
    public NewCitizenMessage WaitOver(WaitOver over) => new()
    {
        Key = $"wait-over:{over.Id}",
        To = over.Citizen,
        Words = (over.Why switch { WaitEnd.Late => s_waitOver, WaitEnd.Closed => s_waitClosed, WaitEnd.Lapsed => s_waitLapsed })
            .Say(words.When(over.Place), words.ServiceName(over.Service), words.Hall(over.Place).Name),
        Template = ClosedTemplate,
        Data = Cancelled(over.Service, over.Place, (over.Why is WaitEnd.Lapsed ? s_lapsedShort : s_nothingFree).Say()),
        NoticeChoices = ["book"],
    };

    /// <param name="places">Others to choose from, in the order of the choices.</param>
    public NewCitizenMessage Displaced(Booking booking, string reason, IReadOnlyList<Place> places)
    {
        var lead = s_displaced.Say(words.When(booking.Place), words.ServiceName(booking.Service), words.Hall(booking.Place).Name, reason);
        return new()
        {
            Key = booking.DisplacedKey,
            To = booking.Citizen,
            Words = places.Count == 0
                ? $"{lead}\n{s_noOffers.Say()}"
                : $"{lead}\n{s_offers.Say()}\n{string.Join('\n', places.Select((p, i) => $"{i + 1}. {s_place.Say(words.When(p), words.Hall(p).Name)}"))}\n{places.Count + 1}. {s_other.Say()}",
            Template = ClosedTemplate,
            Data = Cancelled(booking.Service, booking.Place, s_rebook.Say(reason.Length <= LongestReason ? reason : $"{reason[..(LongestReason - 1)]}…")),
            // A field has no room for the places; they are listed when asked for.
            NoticeChoices = [$"book.others {booking.Number}"],
            Promised = true,
        };
    }

    private Dictionary<string, string> Cancelled(string service, Place place, string why) => new()
    {
        ["thing1"] = words.ServiceName(service), ["time2"] = Beijing.Written(place.StartsAt), ["thing3"] = why,
    };
}
