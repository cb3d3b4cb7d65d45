using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>What citizens are told while they wait in a hall, and after their visit.</summary>
public sealed class VisitMessages(AppointmentPlans plans, BookingWords words, TimeProvider clock)
{
    // The office's codes of the templates for those who wrote nothing for two days.
    private const string CallTemplate = "queue-call";
    private const string RateTemplate = "rating";

    private static readonly TimeSpan s_callLasts = TimeSpan.FromMinutes(15);

    private static readonly Text s_call = Text.Of("queue.call");
    private static readonly Text s_counter = Text.Of("queue.counter");
    private static readonly Text s_rateHint = Text.Of("rate.notice-hint");
    private static readonly Text s_missed = Text.Of("queue.missed");
    private static readonly Text s_rate = Text.Of("rate.ask");
    private static readonly Text s_closedFor = Text.Of("queue.closed-for");
    private static readonly Text s_closedUntil = Text.Of("queue.closed-until");
    private static readonly Text s_followedUp = Text.Of("rate.followed-up");

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
        Promised = true,
        ExpiresAt = clock.GetUtcNow() + s_callLasts,
    };

    /// <summary>What a step is told with; null for those that need no word.</summary>
    public NewCitizenMessage? Step(Visit visit, VisitStep step) => step switch
    {
        VisitStep.Recall => Call(visit),
        VisitStep.Miss => new() { Key = $"missed:{visit.Id}:{visit.Calls}:{visit.CalledAt?.ToUnixTimeSeconds()}", To = visit.Citizen!.Value, Words = s_missed.Say(visit.Ticket), Promised = true, ExpiresAt = clock.GetUtcNow() + s_callLasts },
        VisitStep.Finish => new()
        {
            Key = $"rate:{visit.Id}", To = visit.Citizen!.Value, Words = s_rate.Say(words.ServiceName(visit.Service), plans.Current.BranchOf(visit.Group).Name),
            Template = RateTemplate,
            Data = new Dictionary<string, string> { ["thing1"] = words.ServiceName(visit.Service), ["time2"] = Beijing.Written(clock.GetUtcNow()), ["thing3"] = s_rateHint.Say() },
            NoticeChoices = [.. Enumerable.Range(1, 5).Select(level => $"visit.rate {visit.Id} {level}")],
        },
        _ => null,
    };

    /// <summary>The counters closed while somebody waits at them; when they do not open again today the one choice is to book.</summary>
    public NewCitizenMessage QueueClosed(Visit visit, string reason, TimeOnly? resumes) => new()
    {
        Key = $"queue-closed:{visit.Id}:{resumes:HHmm}",
        To = visit.Citizen!.Value,
        Words = (resumes is null ? s_closedFor : s_closedUntil).Say(
            visit.Ticket, plans.Current.BranchOf(visit.Group).Name, reason, resumes?.ToString("HH:mm", CultureInfo.InvariantCulture)),
        Promised = true,
        ExpiresAt = new Place(0, words.Today.AddDays(1), TimeOnly.MinValue).StartsAt,
    };

    /// <summary>What staff say to one who was not content.</summary>
    public NewCitizenMessage FollowedUp(BadRating rating, OpenId citizen, string reply) => new()
    {
        Key = $"rate-follow-up:{rating.Visit}",
        To = citizen,
        Words = s_followedUp.Say(rating.Day.ToString("M月d日", CultureInfo.InvariantCulture), plans.Current.BranchOf(rating.Group).Name, words.ServiceName(rating.Service), reply),
    };
}
