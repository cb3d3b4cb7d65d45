using Bot.Data.Cases;
using Bot.Handlers.Conversation;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>Half-filled forms, kept outside the session: a timeout or a lost Redis takes nothing that was typed.</summary>
/// <remarks>A form has a step <see cref="Draft"/> that offers them, and tells of each answer.</remarks>
public sealed class HalfFilled(ICaseDrafts drafts)
{
    public const string Draft = "draft";

    /// <summary>The silent step with the words that came behind the command.</summary>
    public const string Opening = "opening";

    private const string Resume = "resume";
    private const int LongestExcerpt = 20;

    private static readonly Text s_resume = Text.Of("case.draft-resume");
    private static readonly Text s_anew = Text.Of("case.draft-anew");

    /// <param name="flow">The form's name.</param>
    /// <param name="words">The step of the citizen's own words, by which they know it again.</param>
    /// <param name="offer">When it was kept, and how it begins.</param>
    public async Task<Question> OfferAsync(OpenId citizen, string flow, string words, Func<string, string, string> offer, CancellationToken ct)
    {
        if (await FindAsync(citizen, flow, ct) is not var (state, at))
            return Question.SettledAs("none");
        var begun = state.Answers.FirstOrDefault(a => (a.Step is Opening || a.Step == words) && a.Value.Length > 0 && !CaseMessage.IsMedia(a.Value, out _, out _)).Value ?? "";
        return new(offer(CaseDates.At(at), CaseQuestions.Excerpt(begun, LongestExcerpt)), [new(Resume, s_resume.Say()), new("anew", s_anew.Say())]);
    }

    /// <summary>Keeps the form, or puts the kept one in its place when that was the answer.</summary>
    /// <param name="isBegun">Whether there is something in it to be kept.</param>
    public async Task<FlowState> NoteAsync(
        OpenId citizen, FlowState state, FlowAnswer answer, string words, Func<FlowState, bool> isBegun, CancellationToken ct)
    {
        if (answer is { Step: Draft, Value: Resume } && await FindAsync(citizen, state.Flow, ct) is (var before, _) && before.Version == state.Version)
            return state.Find(Opening) is { } opening ? before with { Answers = before.Answers.Add(new(words, opening)) } : before;
        if (isBegun(state))
            await drafts.KeepAsync(citizen, state.Flow, state.Run, SessionJson.WriteForm(state), ct);
        return state;
    }

    /// <summary>What is kept, to be gone on with.</summary>
    public async Task<FlowState?> KeptAsync(OpenId citizen, string flow, CancellationToken ct) => (await FindAsync(citizen, flow, ct))?.State;

    public Task DropAsync(OpenId citizen, string flow, CancellationToken ct) => drafts.DropAsync(citizen, flow, ct);

    private async Task<(FlowState State, DateTimeOffset At)?> FindAsync(OpenId citizen, string flow, CancellationToken ct) =>
        await drafts.FindAsync(citizen, flow, ct) is { } draft && SessionJson.ReadForm(draft.Form) is { } state ? (state, draft.KeptAt) : null;
}
