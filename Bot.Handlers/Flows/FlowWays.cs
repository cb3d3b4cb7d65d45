using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <content>What was filled in cannot be had: the citizen says which part of it to change.</content>
public abstract partial class Flow<TDraft>
{
    // Asked in the place of a step; no step has this key.
    private const string Ways = "~";

    private static FlowTurn Offered(FlowState state, Ending.Choose choose, DateTimeOffset now, string lead)
    {
        var prompt = lead.Length == 0 ? choose.Why : $"{lead}\n{choose.Why}";
        var answer = NumberedList.Page(prompt, [.. choose.Ways.Select(w => new Choice(w.Label, string.Join(' ', w.Steps)))], 0);
        return new(state with { Asked = Ways, Shown = answer.Choices, More = false, Page = 0, AskedAt = now }, answer);
    }

    private Task<FlowTurn> ChangeAsync(OpenId citizen, Utterance said, FlowState state, DateTimeOffset now, CancellationToken ct) =>
        said.Number is { } n && n <= state.Shown.Length
            ? AskNextAsync(citizen, state.Without(state.Shown[n - 1].Split(' ')), now, "", ct)
            : AskNextAsync(citizen, state, now, FlowWords.PickANumber.Say(), ct);
}
