using Bot.Data.Cases;
using Bot.Handlers.Conversation;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <summary>A form that was left for too long: what becomes of it and of the answer that came too late, and how it is taken up again.</summary>
public sealed class LapsedForms(HandlerSet handlers, ConversationOptions options)
{
    /// <summary>Said above the answer to whatever the citizen wrote instead.</summary>
    internal async Task<string> EndedAsync(FlowState form, OpenId citizen, CancellationToken ct) =>
        (await IsKeptAsync(form, citizen, ct) ? FlowWords.TimedOutKept : FlowWords.TimedOut).Say(TitleOf(form), Minutes, ICaseDrafts.KeptDays);

    /// <summary>An answer in the citizen's own words is no question to us, and perhaps a secret: it is put to what is kept of the form.</summary>
    internal async Task<string> TakeAsync(Stage stage, FlowState form, CancellationToken ct)
    {
        var citizen = stage.Message.From;
        var taken = stage.Said is { Number: null } && !stage.IsBeforeItsQuestion && handlers.Flow(form.Flow) is IKeptFlow flow
            && await flow.AnswerAsync(new(stage.Message, ""), stage.Said, form, stage.Now, ct) is { State: { } after } && after.Answers.Length > form.Answers.Length;
        return taken && await IsKeptAsync(form, citizen, ct)
            ? FlowWords.TimedOutTaken.Say(TitleOf(form), Minutes, ICaseDrafts.KeptDays) : await EndedAsync(form, citizen, ct);
    }

    /// <returns>What the citizen worked on last; null when nothing is kept.</returns>
    internal async Task<FlowState?> LatestAsync(OpenId citizen, CancellationToken ct)
    {
        FlowState? latest = null;
        foreach (var flow in handlers.Kept)
        {
            if (await flow.KeptAsync(citizen, ct) is { } kept && (latest is null || kept.AskedAt > latest.AskedAt))
                latest = kept;
        }

        return latest;
    }

    private int Minutes => (int)options.FlowPatience.TotalMinutes;

    private string TitleOf(FlowState form) => handlers.Flow(form.Flow)?.Title ?? "";

    private async Task<bool> IsKeptAsync(FlowState form, OpenId citizen, CancellationToken ct) =>
        handlers.Flow(form.Flow) is IKeptFlow flow && (await flow.KeptAsync(citizen, ct))?.Run == form.Run;
}
