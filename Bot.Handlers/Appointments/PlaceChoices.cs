using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>Days and slots to choose from, and how citizens name them.</summary>
public sealed class PlaceChoices(AppointmentPlans plans, IPlaces places, TimeProvider clock)
{
    internal const string HalfStep = "half";

    // Before a slot that is full: choosing it means waiting for it; and before one with nothing but places for people with priority.
    private const char Wait = 'w';
    private const char Reserved = 'p';

    private const string Morning = "am";
    private const string Afternoon = "pm";
    private const string WholeDay = "day";

    private static readonly Text s_dayFree = Text.Of("booking.day-free");
    private static readonly Text s_dayFull = Text.Of("booking.day-full");
    private static readonly Text s_dayReserved = Text.Of("booking.day-reserved");
    private static readonly Text s_slotReserved = Text.Of("booking.slot-reserved");
    private static readonly Text s_gone = Text.Of("booking.slot-gone");
    private static readonly Text s_dayPast = Text.Of("booking.day-past");
    private static readonly Text s_dayNotOffered = Text.Of("booking.day-not-offered");
    private static readonly Text s_dayUnread = Text.Of("booking.day-unread");
    private static readonly Text s_slot = Text.Of("booking.slot");
    private static readonly Text s_slotHalf = Text.Of("booking.slot-half");
    private static readonly Text s_morning = Text.Of("booking.morning");
    private static readonly Text s_afternoon = Text.Of("booking.afternoon");
    private static readonly Text s_slotFree = Text.Of("booking.slot-free");
    private static readonly Text s_slotFull = Text.Of("booking.slot-full");
    private static readonly Text s_slotNotOffered = Text.Of("booking.slot-not-offered");
    private static readonly Text s_slotUnread = Text.Of("booking.slot-unread");

    private DateOnly Today => Beijing.DateOf(clock.GetUtcNow());

    /// <summary>Sends back to the slots, the rest kept.</summary>
    internal static Ending.BackTo OtherSlot { get; } = new("slot", s_gone.Say()) { Only = ["slot", "priority", "confirm"] };

    internal static Ending.BackTo OtherDay { get; } = new("day", "") { Only = ["day", "slot", HalfStep, "priority", "confirm"] };

    internal string Say(DateOnly day) => ChineseDays.Say(day, Today);

    internal static TDraft Put<TDraft>(TDraft draft, string slot) where TDraft : PlaceDraft => draft with { Place = Of(slot), Waits = slot[0] == Wait, Reserved = slot[0] == Reserved };

    /// <summary>Days with places first, in order; behind them when <paramref name="all"/> those with reserved ones, and full ones.</summary>
    internal async Task<IReadOnlyList<Option<DateOnly>>> DaysAsync(int group, Guid holder, bool all, Place? but, CancellationToken ct)
    {
        var today = Today;
        var days = (await places.FreeAsync(group, today, today.AddDays(plans.Current.Rules.DaysAhead), holder, ct)).Where(s => s.Place != but)
            .GroupBy(s => s.Place.Day, (day, slots) => slots.Aggregate(new FreeDay(day, 0, 0), (d, s) => d with { Free = d.Free + s.Free, Reserved = d.Reserved + s.Reserved })).ToArray();
        return
        [
            .. days.Where(d => d.Free > 0).Select(d => new Option<DateOnly>(d.Day, s_dayFree.Say(ChineseDays.Say(d.Day, today), d.Free))),
            .. days.Where(d => d is { Free: 0, Reserved: > 0 } && all).Select(d => new Option<DateOnly>(d.Day, s_dayReserved.Say(ChineseDays.Say(d.Day, today), d.Reserved))),
            .. days.Where(d => d is { Free: 0, Reserved: 0 } && all).Select(d => new Option<DateOnly>(d.Day, s_dayFull.Say(ChineseDays.Say(d.Day, today)))),
        ];
    }

    /// <summary>The day's slots. Of the half that was said, where it has any: the others are not shown, and can be named.</summary>
    internal async Task<Question> SlotsAsync(PlaceDraft draft, int group, bool all, Place? but, CancellationToken ct)
    {
        FreeSlot[] slots = [.. (await places.FreeAsync(group, draft.Day, draft.Day, draft.Run, ct)).Where(s => s.Place != but)];
        FlowChoice[] choices =
        [
            .. slots.Where(s => s.Free > 0).Select(s => new FlowChoice(s.Place.ToString(), s_slotFree.Say(Span(s), s.Free))),
            .. slots.Where(s => s is { Free: 0, Reserved: > 0 } && all).Select(s => new FlowChoice($"{Reserved}{s.Place}", s_slotReserved.Say(Span(s), s.Reserved))),
            .. slots.Where(s => s is { Free: 0, Reserved: 0 } && all).Select(s => new FlowChoice($"{Wait}{s.Place}", s_slotFull.Say(Span(s)))),
        ];
        var shown = draft.Afternoon is { } half ? choices.Where(c => IsIn(half, c)).ToArray() : choices;
        return shown.Length == choices.Length || shown.Length == 0
            ? new(s_slot.Say(Say(draft.Day)), choices)
            : new(s_slotHalf.Say(Say(draft.Day), NameOf(draft.Afternoon is true)), shown) { Beside = [.. choices.Except(shown)] };
    }

    internal Reading ReadDay(Utterance said, IReadOnlyList<FlowChoice> choices)
    {
        if (ChineseDays.Read(said.Words, Today) is not { } day)
            return new(Why: s_dayUnread.Say());
        var key = day.ToString("O", CultureInfo.InvariantCulture);
        if (choices.Any(c => c.Key == key))
            return new(key, Note: ChineseDays.ReadHalf(said.Words) is { } half ? Told(half) : null);
        return new(Why: (day < Today ? s_dayPast : s_dayNotOffered).Say(ChineseDays.Say(day, Today)));
    }

    /// <summary>下午3点 is a slot; 下午 alone shows the afternoon's, 全天 all.</summary>
    internal static Reading ReadSlot(Utterance said, IReadOnlyList<FlowChoice> choices)
    {
        var half = ChineseDays.ReadHalf(said.Words);
        if (ChineseDays.ReadTime(said.Words) is { } time)
        {
            // “3点” where there is no slot in the night means the afternoon.
            var starts = choices.Select(c => (c.Key, Of(c.Key).Start)).ToArray();
            foreach (var hour in half is null && time.Hour < 12 ? (TimeOnly[])[time, time.AddHours(12)] : [time])
            {
                if (starts.FirstOrDefault(s => s.Start == hour).Key is { } key)
                    return new(key);
            }

            return new(Why: s_slotNotOffered.Say(time.ToString("HH:mm", CultureInfo.InvariantCulture)));
        }

        if (half is { } part)
            return choices.Any(c => IsIn(part, c)) ? new(Note: Told(part)) : new(Why: s_slotNotOffered.Say(NameOf(part)));
        return ChineseDays.IsWholeDay(said.Words) ? new(Note: new(HalfStep, WholeDay)) : new(Why: s_slotUnread.Say());
    }

    /// <summary>True for the afternoon, null for the whole day.</summary>
    internal static bool? Half(string told) => told switch { Afternoon => true, Morning => false, _ => null };

    private static FlowAnswer Told(bool afternoon) => new(HalfStep, afternoon ? Afternoon : Morning);

    private static string NameOf(bool afternoon) => (afternoon ? s_afternoon : s_morning).Say();

    private static bool IsIn(bool afternoon, FlowChoice slot) => Of(slot.Key).Start.Hour >= 12 == afternoon;

    private static Place Of(string slot) => Place.Parse(slot.TrimStart(Wait, Reserved), null);

    private static string Span(FreeSlot slot) => string.Create(CultureInfo.InvariantCulture, $"{slot.Place.Start:HH:mm}-{slot.Finish:HH:mm}");
}
