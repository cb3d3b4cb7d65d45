using Bot.Data.Cases;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>What the form asks, where that depends on what was answered before.</summary>
public sealed class CaseQuestions(ICases cases, HalfFilled half, CaseCatalogue catalogue)
{
    public const string AndPublish = "public";

    /// <summary>How a case is filed, as the form keeps it.</summary>
    public const string Named = "False", Hidden = "True", AsNobody = "sealed";

    private const int LongestExcerpt = 60;

    private static readonly Text s_draft = Text.Of("case.draft");
    private static readonly Text s_story = Text.Of("case.story");
    private static readonly Text s_storyBegun = Text.Of("case.story-begun");
    private static readonly Text s_photos = Text.Of("case.photos");
    private static readonly Text s_photosBegun = Text.Of("case.photos-begun");
    private static readonly Text s_noPhotos = Text.Of("case.no-photos");
    private static readonly Text s_suggested = Text.Of("case.suggested");
    private static readonly Text s_same = Text.Of("case.same");
    private static readonly Text s_sameRow = Text.Of("case.same-row");
    private static readonly Text s_notSame = Text.Of("case.not-same");
    private static readonly Text s_named = Text.Of("case.named");
    private static readonly Text s_hidden = Text.Of("case.hidden");
    private static readonly Text s_namedReport = Text.Of("case.named-report");
    private static readonly Text s_hiddenReport = Text.Of("case.hidden-report");
    private static readonly Text s_sealed = Text.Of("case.sealed");
    private static readonly Text s_summary = Text.Of("case.summary");
    private static readonly Text s_summaryJoin = Text.Of("case.summary-join");
    private static readonly Text s_none = Text.Of("case.none");
    private static readonly Text s_noName = Text.Of("case.place-unnamed");
    private static readonly Text s_publish = Text.Of("case.confirm-public");

    public Task<Question> DraftAsync(CaseForm form, CancellationToken ct) =>
        half.OfferAsync(new OpenId(form.Citizen), ICaseDrafts.Flows[0], "story", (at, begun) => s_draft.Say(at, begun), ct);

    public Task<IReadOnlyList<Option<string>>> KindsAsync(CaseForm form, CancellationToken ct) => Task.FromResult<IReadOnlyList<Option<string>>>(
        [.. Enum.GetValues<CaseKind>().Where(k => k is not CaseKind.Disclosure && catalogue.Of(k).Any()).Select(k => new Option<string>(k.Stored, k.Shown))]);

    // What the first words speak of comes first.
    public Task<IReadOnlyList<Option<string>>> CategoriesAsync(CaseForm form, CancellationToken ct)
    {
        var words = string.Concat(form.Story);
        return Task.FromResult<IReadOnlyList<Option<string>>>(
        [
            .. catalogue.Of(form.Kind).Select(c => (Category: c, Hits: CaseCatalogue.Hits(c, words)))
                .OrderByDescending(c => c.Hits).ThenBy(c => c.Category.Sort)
                .Select(c => new Option<string>(c.Category.Code, c.Hits > 0 ? s_suggested.Say(c.Category.Name) : c.Category.Name)),
        ]);
    }

    public Task<Question> ExtraAsync(CaseForm form, int place, CancellationToken ct)
    {
        var question = catalogue.Find(form.Category)!.Questions[place];
        return Task.FromResult(new Question(question.Prompt, question.Options.Length == 0 ? null : [.. question.Options.Select(o => new FlowChoice(o, o))]));
    }

    public static Task<Question> StoryAsync(CaseForm form, CancellationToken ct) => Task.FromResult(new Question(
        form.Story.IsEmpty && form.Photos == 0 ? s_story.Say() : s_storyBegun.Say(Excerpt(CaseAnswers.Whole(form), LongestExcerpt)), null));

    public async Task<Question> SameAsync(CaseForm form, CancellationToken ct)
    {
        if (form.Kind is CaseKind.Report || form.Place is not { Latitude: { } latitude, Longitude: { } longitude })
            return Question.SettledAs("none");
        var same = await cases.SimilarAsync(new OpenId(form.Citizen), form.Category, CaseAnswers.Whole(form), latitude, longitude, ct);
        return same.Count == 0
            ? Question.SettledAs("none")
            : new(s_same.Say(),
            [
                .. same.Select(c => new FlowChoice($"{c.Id}", s_sameRow.Say(Excerpt(Redaction.Of(c.Story), 12), (int)c.Metres, CaseDates.At(c.FiledAt), c.State.Shown))),
                new("none", s_notSame.Say()),
            ]);
    }

    public static Task<Question> PhotosAsync(CaseForm form, CancellationToken ct) => Task.FromResult(new Question(
        form.Photos == 0 ? s_photos.Say(CaseAnswers.MostPhotos) : s_photosBegun.Say(form.Photos, CaseAnswers.MostPhotos - form.Photos),
        [new(FlowState.End, s_noPhotos.Say())]));

    public static Task<IReadOnlyList<Option<string>>> AnonymousAsync(CaseForm form, CancellationToken ct) => Task.FromResult<IReadOnlyList<Option<string>>>(
        form.Kind is CaseKind.Report
            ? [new(Named, s_namedReport.Say()), new(Hidden, s_hiddenReport.Say()), new(AsNobody, s_sealed.Say())]
            : [new(Named, s_named.Say()), new(Hidden, s_hidden.Say())]);

    public Task<Question> ConfirmAsync(CaseForm form, CancellationToken ct)
    {
        if (form.Joins > 0)
            return Task.FromResult(new Question(s_summaryJoin.Say(), [new("yes", FlowWords.Confirm.Say())]));
        var place = form.Place switch
        {
            null => s_none.Say(),
            { Address: { Length: > 0 } address } => Excerpt(address, 40),
            _ => s_noName.Say(),
        };
        var summary = s_summary.Say(
            form.Kind.Shown, catalogue.Find(form.Category)?.Name ?? "", Excerpt(CaseAnswers.Whole(form), 150), place, form.Photos,
            Shown(form), form.Contact.Length == 0 ? s_none.Say() : form.Contact);
        FlowChoice[] ways = [new("yes", FlowWords.Confirm.Say()), .. form.Kind is CaseKind.Report ? (FlowChoice[])[] : [new(AndPublish, s_publish.Say())]];
        return Task.FromResult(new Question(summary, ways));
    }

    private static string Shown(CaseForm form) => form switch
    {
        { Sealed: true } => s_sealed.Say(),
        { Anonymous: true } => (form.Kind is CaseKind.Report ? s_hiddenReport : s_hidden).Say(),
        _ => (form.Kind is CaseKind.Report ? s_namedReport : s_named).Say(),
    };

    internal static string Excerpt(string words, int most)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        if (line.Length <= most)
            return line;
        return $"{line.AsSpan(0, char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)}…";
    }
}
