using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>What citizens are told about their bookings without having asked.</summary>
public sealed class BookingMessages(AppointmentPlans plans, BookingWords words, TimeProvider clock)
{
    // The office's codes of the templates for those who wrote nothing for two days.
    private const string Template = "booking-reminder";
    private const string ClosedTemplate = "booking-cancelled";
    private const string OfferTemplate = "waitlist";
    private const string CallTemplate = "queue-call";
    private const string RateTemplate = "rating";

    // A field of a template has room for 20 characters, and the way to another place has to be in it.
    private const int LongestReason = 11;

    private static readonly TimeSpan s_callLasts = TimeSpan.FromMinutes(15);

    private static readonly Text s_day = Text.Of("remind.day");
    private static readonly Text s_soon = Text.Of("remind.soon");
    private static readonly Text s_offer = Text.Of("wait.offer");
    private static readonly Text s_waitOver = Text.Of("wait.over");
    private static readonly Text s_waitClosed = Text.Of("wait.closed");
    private static readonly Text s_displaced = Text.Of("displaced.lead");
    private static readonly Text s_offers = Text.Of("displaced.offers");
    private static readonly Text s_other = Text.Of("displaced.others");
    private static readonly Text s_place = Text.Of("displaced.offer");
    private static readonly Text s_rebook = Text.Of("displaced.notice");
    private static readonly Text s_hint = Text.Of("booking.notice-hint");
    private static readonly Text s_nothingFree = Text.Of("wait.notice");
    private static readonly Text s_noOffers = Text.Of("displaced.no-offers");
    private static readonly Text s_call = Text.Of("queue.call");
    private static readonly Text s_counter = Text.Of("queue.counter");
    private static readonly Text s_rateHint = Text.Of("rate.notice-hint");
    private static readonly Text s_missed = Text.Of("queue.missed");
    private static readonly Text s_rate = Text.Of("rate.ask");
    private static readonly Text s_accepted = Text.Of("appeal.accepted");
    private static readonly Text s_refused = Text.Of("appeal.refused");

    public NewCitizenMessage Reminder(Booking booking, ReminderStage stage)
    {
        var (hall, when) = (words.Hall(booking.Place), words.When(booking.Place));
        return new()
        {
            Key = $"remind:{booking.Number}:{booking.Moves}:{(int)stage}",
            To = booking.Citizen,
            Words = (stage is ReminderStage.DayBefore ? s_day : s_soon).Say(when, words.ServiceName(booking.Service), hall.Name, hall.Address),
            Template = Template,
            Data = Fields(booking.Service, booking.Place),
            ExpiresAt = booking.Place.StartsAt,
        };
    }

    public NewCitizenMessage Offer(WaitOffer offer) => new()
    {
        Key = $"wait:{offer.Id}",
        To = offer.Citizen,
        Words = s_offer.Say(words.When(offer.Place), words.ServiceName(offer.Service), words.Hall(offer.Place).Name, plans.Current.Rules.OfferMinutes),
        Template = OfferTemplate,
        Data = new Dictionary<string, string> { ["thing1"] = words.ServiceName(offer.Service), ["time2"] = Written(offer.Place.StartsAt), ["time3"] = Written(offer.Until) },
        ExpiresAt = offer.Until,
    };

    /// <summary>Waited for nothing; the one choice is to book.</summary>
    public NewCitizenMessage WaitOver(WaitOver over) => new()
    {
        Key = $"wait-over:{over.Id}",
        To = over.Citizen,
        Words = (over.Closed ? s_waitClosed : s_waitOver).Say(words.When(over.Place), words.ServiceName(over.Service), words.Hall(over.Place).Name),
        Template = ClosedTemplate,
        Data = Cancelled(over.Service, over.Place, s_nothingFree.Say()),
    };

    /// <param name="places">Others to choose from, in the order of the choices.</param>
    public NewCitizenMessage Displaced(Booking booking, string reason, IReadOnlyList<Place> places)
    {
        var lead = s_displaced.Say(words.When(booking.Place), words.ServiceName(booking.Service), words.Hall(booking.Place).Name, reason);
        return new()
        {
            Key = $"displaced:{booking.Number}:{booking.Moves}",
            To = booking.Citizen,
            Words = places.Count == 0
                ? $"{lead}\n{s_noOffers.Say()}"
                : $"{lead}\n{s_offers.Say()}\n{string.Join('\n', places.Select((p, i) => $"{i + 1}. {s_place.Say(words.When(p), words.Hall(p).Name)}"))}\n{places.Count + 1}. {s_other.Say()}",
            Template = ClosedTemplate,
            Data = Cancelled(booking.Service, booking.Place, s_rebook.Say(reason.Length <= LongestReason ? reason : $"{reason[..(LongestReason - 1)]}…")),
        };
    }

    public NewCitizenMessage Call(Visit visit) => new()
    {
        Key = $"call:{visit.Id}:{visit.Calls}:{visit.CalledAt?.ToUnixTimeSeconds()}",
        To = visit.Citizen!.Value,
        Words = s_call.Say(visit.Ticket, visit.Counter, plans.Current.BranchOf(visit.Group).Name),
        Template = CallTemplate,
        Data = new Dictionary<string, string>
        {
            ["thing1"] = words.ServiceName(visit.Service), ["character_string2"] = visit.Ticket, ["number3"] = "0", ["thing4"] = s_counter.Say(visit.Counter),
        },
        ExpiresAt = clock.GetUtcNow() + s_callLasts,
    };

    /// <summary>What a step is told with; null for those that need no word.</summary>
    public NewCitizenMessage? Step(Visit visit, VisitStep step) => step switch
    {
        VisitStep.Recall => Call(visit),
        VisitStep.Miss => new() { Key = $"missed:{visit.Id}:{visit.Calls}:{visit.CalledAt?.ToUnixTimeSeconds()}", To = visit.Citizen!.Value, Words = s_missed.Say(visit.Ticket), ExpiresAt = clock.GetUtcNow() + s_callLasts },
        VisitStep.Finish => new()
        {
            Key = $"rate:{visit.Id}", To = visit.Citizen!.Value, Words = s_rate.Say(words.ServiceName(visit.Service), plans.Current.BranchOf(visit.Group).Name),
            Template = RateTemplate,
            Data = new Dictionary<string, string> { ["thing1"] = words.ServiceName(visit.Service), ["time2"] = Written(clock.GetUtcNow()), ["thing3"] = s_rateHint.Say() },
        },
        _ => null,
    };

    /// <param name="appealedAt">Null: lifted unasked.</param>
    public static NewCitizenMessage AppealAnswer(long ban, OpenId citizen, DateTimeOffset? appealedAt, bool lifted, string answer) => new()
    {
        Key = $"appeal:{ban}:{appealedAt?.ToUnixTimeMilliseconds()}", To = citizen, Words = (lifted ? s_accepted : s_refused).Say(answer),
    };

    private Dictionary<string, string> Cancelled(string service, Place place, string why) => new()
    {
        ["thing1"] = words.ServiceName(service), ["time2"] = Written(place.StartsAt), ["thing3"] = why,
    };

    private Dictionary<string, string> Fields(string service, Place place) => new()
    {
        ["thing1"] = words.ServiceName(service),
        ["time2"] = Written(place.StartsAt),
        ["thing3"] = words.Hall(place).Name,
        ["thing4"] = s_hint.Say(),
    };

    private static string Written(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture);
}
