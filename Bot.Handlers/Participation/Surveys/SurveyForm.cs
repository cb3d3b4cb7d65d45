using System.Collections.Immutable;
using System.Globalization;
using Bot.Data.Surveys;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>A form made of a survey's questions. All that a form promises (返回, going on later, numbers that mean what was shown) holds for it.</summary>
/// <param name="finish">What happens with the answers.</param>
internal sealed class SurveyForm(string title, SurveyVersion version, Func<OpenId, Guid, SurveyReplies, CancellationToken, Task<Ending>> finish) : Flow<SurveySheet>
{
    /// <summary>Step under which the session keeps which survey it is.</summary>
    public const string SurveyStep = "survey";

    public const string FlowName = "survey";

    private const int LongestSummary = 420;
    private const int LongestAnswerShown = 30;
    private static readonly Text s_confirm = Text.Of("survey.confirm");
    private static readonly Text s_confirmMany = Text.Of("survey.confirm-many");
    private static readonly Text s_skipped = Text.Of("survey.skipped");

    public override string Name => FlowName;

    public override string Title => title;

    public override int Version => 1;

    protected override IReadOnlyList<Step<SurveySheet>> Steps { get; } =
    [
        Note(SurveyStep, (sheet, _) => sheet),
        .. version.Questions.Select(q => SurveySteps.Of(q, version.Questions)),
        Confirm(sheet => Summary(version, sheet)),
    ];

    protected override Task<Ending> FinishAsync(OpenId citizen, Guid run, SurveySheet draft, CancellationToken ct) => finish(citizen, run, Replies(draft), ct);

    private SurveyReplies Replies(SurveySheet sheet)
    {
        SurveyReply[] given = [.. version.Questions.Select(q => sheet.Given.GetValueOrDefault(q.Key))];
        return new([.. given.Select(g => g.Picks)], [.. given.Select(g => g.Number)], [.. given.Select(g => g.Words)]);
    }

    private static string Summary(SurveyVersion version, SurveySheet sheet)
    {
        var lines = version.Questions.Where(q => sheet.Given.ContainsKey(q.Key)).Select(q => $"· {q.Text}\n　{Shown(q, sheet.Given[q.Key])}").ToArray();
        return lines.Sum(l => l.Length + 1) <= LongestSummary ? s_confirm.Say(string.Join('\n', lines)) : s_confirmMany.Say(lines.Length);
    }

    private static string Shown(SurveyQuestion question, SurveyReply reply) =>
        reply.Words is { } words ? ReplyText.Escape(words.Length <= LongestAnswerShown ? words : $"{words.AsSpan(0, LongestAnswerShown - 1)}…")
        : reply.Number is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture)
        : reply.Picks != 0 ? string.Join('、', question.Options.Where((_, i) => (reply.Picks >> i & 1) == 1))
        : s_skipped.Say();
}

/// <summary>The answers so far, by the key of the question; one that was left out is empty.</summary>
internal sealed record SurveySheet
{
    public ImmutableDictionary<string, SurveyReply> Given { get; init; } = ImmutableDictionary<string, SurveyReply>.Empty;

    public SurveySheet With(SurveyQuestion question, SurveyReply reply) => new() { Given = Given.SetItem(question.Key, reply) };
}

internal readonly record struct SurveyReply(long Picks = 0, decimal? Number = null, string? Words = null);
