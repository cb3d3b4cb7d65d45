using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>A form with a day and a slot in it: the slot is held while the citizen types, and one that is gone is asked for again.</summary>
public abstract class PlaceFlow<TDraft>(PlaceChoices choices, IPlaces places, PersonalAnswers? personal = null) : Flow<TDraft>(personal) where TDraft : PlaceDraft, new()
{
    private static readonly Text s_day = Text.Of("booking.day");

    /// <param name="hall">Its name.</param>
    /// <param name="group">Whose slots are offered.</param>
    /// <param name="all">Full ones too, to wait for, and those with reserved places.</param>
    /// <param name="but">A slot that is not offered: it is the citizen's already.</param>
    protected IEnumerable<Step<TDraft>> WhenSteps(Func<TDraft, string> hall, Func<TDraft, int> group, bool all, Func<TDraft, Place?>? but = null) =>
    [
        Note(PlaceChoices.HalfStep, (d, half) => d with { Afternoon = PlaceChoices.Half(half) }),
        Pick("day", d => s_day.Say(hall(d)), (d, ct) => choices.DaysAsync(group(d), d.Run, all, but?.Invoke(d), ct), (d, day) => d with { Day = day }) with { Reads = choices.ReadDay },
        new("slot", (d, ct) => choices.SlotsAsync(d, group(d), all, but?.Invoke(d), ct), (d, slot) => new(PlaceChoices.Put(d, slot))) { Reads = PlaceChoices.ReadSlot },
    ];

    /// <summary>What came with the command.</summary>
    protected abstract Task<IEnumerable<FlowAnswer>> GivenAsync(Request request, CancellationToken ct);

    // 下午 was said of the day before.
    protected sealed override Task<FlowState> NoteAsync(OpenId citizen, FlowState state, FlowAnswer answer, CancellationToken ct) =>
        Task.FromResult(answer.Step == "day" ? state.Without(PlaceChoices.HalfStep) : state);

    /// <summary>Does what the form was for.</summary>
    protected abstract Task<Ending> EndAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct);

    // A form that was left open holds its place for a while: whoever begins anew finds that place free.
    protected sealed override async Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct)
    {
        await places.ReleaseAsync(request.Citizen, ct);
        return await GivenAsync(request, ct);
    }

    protected sealed override async Task<Ending> FinishAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct)
    {
        var ending = await EndAsync(citizen, run, draft, ct);
        if (ending is Ending.Done)
            await places.ReleaseAsync(citizen, ct);
        return ending;
    }

    protected sealed override Task DropAsync(OpenId citizen, CancellationToken ct) => places.ReleaseAsync(citizen, ct);

    /// <summary>Whether the slot is the citizen's already.</summary>
    protected virtual bool Has(TDraft draft) => draft.Waits;

    // Each question renews the hold, so that whoever is typing keeps the place.
    protected override async Task<Ending?> CheckAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct) =>
        draft.Place is { } place && !Has(draft) && await places.HoldAsync(run, citizen, place, draft.Reserved, ct) is HoldResult.Gone ? PlaceChoices.OtherSlot : null;

    protected static Reading ReadYes(Utterance said, IReadOnlyList<FlowChoice> choices) =>
        said.Words is "确认" or "是" or "是的" or "好" or "好的" or "对" or "确定" or "确认预约" or "ok" ? new(choices[0].Key) : default;
}

/// <summary>The day and the slot so far.</summary>
public record PlaceDraft
{
    public Guid Run { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>Only that half of the day is shown.</summary>
    public bool? Afternoon { get; init; }

    public Place? Place { get; init; }

    /// <summary>The slot is full: wait for it.</summary>
    public bool Waits { get; init; }

    /// <summary>Only a place for people with priority is left.</summary>
    public bool Reserved { get; init; }
}
