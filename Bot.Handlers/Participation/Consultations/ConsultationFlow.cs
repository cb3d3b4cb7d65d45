using System.Globalization;
using Bot.Data.Consultations;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>征求意见: which part of the draft it is about, what the citizen says of it, and once more whether that is meant.</summary>
public sealed class ConsultationFlow(ConsultationLibrary library, IConsultations consultations, CommentBox box, ConsultationLinks links, TimeProvider clock)
    : Flow<ConsultationFlow.Draft>
{
    private const string Paper = "paper";
    private const string Part = "part";
    private const string Said = "words";
    private const string WholeKey = "-";                // options of a form have a key
    private const int LongestShown = 200;
    private const int LongestSummary = 160;

    private static readonly Text s_title = Text.Of("consultation.title");
    private static readonly Text s_lead = Text.Of("consultation.lead");
    private static readonly Text s_page = Text.Of("consultation.page");
    private static readonly Text s_whole = Text.Of("consultation.whole");
    private static readonly Text s_words = Text.Of("consultation.words");
    private static readonly Text s_tooLong = Text.Of("consultation.too-long");
    private static readonly Text s_empty = Text.Of("consultation.empty");
    private static readonly Text s_confirm = Text.Of("consultation.confirm");
    private static readonly Text s_kept = Text.Of("consultation.kept");
    private static readonly Text s_more = Text.Of("consultation.more");
    private static readonly Text s_tooMany = Text.Of("consultation.too-many");
    private static readonly Text s_changed = Text.Of("consultation.changed");
    private static readonly Text s_closedMeanwhile = Text.Of("consultation.closed-meanwhile");
    private static readonly Text s_unknown = Text.Of("consultation.unknown");
    private static readonly Text s_notYet = Text.Of("consultation.not-yet");
    private static readonly Text s_closed = Text.Of("consultation.closed");
    private static readonly Text s_stopped = Text.Of("consultation.stopped");
    private static readonly Text s_look = Text.Of("consultation.look");

    public override string Name => "consultation";

    public override string Title => s_title.Say();

    public override int Version => 1;

    /// <summary>The command that begins it.</summary>
    public static string Command(long id) => string.Create(CultureInfo.InvariantCulture, $"consultation {id}");

    protected override IReadOnlyList<Step<Draft>> Steps =>
    [
        Note(Paper, (draft, paper) => draft with { Paper = paper }),
        Note("link", (draft, link) => draft with { Link = link }),
        WhileOpen(Pick(Part, Lead, (draft, _) => Task.FromResult(Parts(draft)), (draft, part) => draft with { Part = part })),
        WhileOpen(Ask(Said, draft => s_words.Say(NameOf(draft), Shown(draft), NewComment.Longest), Take)),
        WhileOpen(Confirm(draft => s_confirm.Say(NameOf(draft), ReplyText.Escape(Cut(draft.Words, LongestSummary))))),
    ];

    // Closed or stopped since: nothing more is asked, and the ending says so.
    private Step<Draft> WhileOpen(Step<Draft> step) =>
        step with { Ask = (draft, ct) => PaperOf(draft) is null ? Task.FromResult(Question.SettledAs(WholeKey)) : step.Ask(draft, ct) };

    protected override async Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct) =>
        await FindAsync(request.Argument, ct) is not { } found ? Answer.Say(s_unknown.Say()) : found.StateAt(clock.GetUtcNow()) switch
        {
            ConsultationState.Open => null,
            ConsultationState.Waiting => Answer.Say(s_notYet.Say(found.Paper.Title, Moment(found.Paper.OpensAt))),
            ConsultationState.Stopped => Answer.Say(s_stopped.Say(found.Paper.Title, found.Consultation.StoppedWhy)),
            ConsultationState.Closed => Answer.Say(s_closed.Say(found.Paper.Title)),
            ConsultationState.Reported => Answer.Say(s_closed.Say(found.Paper.Title) + Look(links.For(found.Id))),
            ConsultationState.Draft => Answer.Say(s_unknown.Say()),
        };

    protected override async Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct)
    {
        var found = (await FindAsync(request.Argument, ct))!;
        var link = await links.ForAsync(found.Id, request.Citizen, found.Paper.ClosesAt, ct);
        FlowAnswer paper = new(Paper, string.Create(CultureInfo.InvariantCulture, $"{found.Id}.{found.Latest.Version}"));
        return link.Length == 0 ? [paper] : [paper, new("link", link)];
    }

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct)
    {
        var (id, version) = Read(draft.Paper);
        return new Ending.Done(PaperOf(draft) is null ? Answer.Say(s_closedMeanwhile.Say()) : await box.PutAsync(id, version, KeyOf(draft), draft.Words, CommentWay.Chat, citizen, run, ct) switch
        {
            CommentKept.Kept => NumberedList.Page(s_kept.Say(), [new(s_more.Say(), Command(id))], 0),
            CommentKept.TooMany => Answer.Say(s_tooMany.Say(NewComment.MostOfOne)),
            CommentKept.NoSuchPart => NumberedList.Page(s_changed.Say(), [new(s_more.Say(), Command(id))], 0),
            CommentKept.NotOpen => Answer.Say(s_closedMeanwhile.Say()),
        });
    }

    private async Task<PublishedConsultation?> FindAsync(string id, CancellationToken ct) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? library.Find(number) ?? await consultations.FindAsync(number, ct) : null;

    // What was begun is about the paper as it was read, whatever was published since.
    private ConsultationPaper? PaperOf(Draft draft) =>
        Read(draft.Paper) is var (id, version) && library.Find(id) is { } found && found.StateAt(clock.GetUtcNow()) is ConsultationState.Open
            ? found.Versions.FirstOrDefault(v => v.Version == version)?.Paper : null;

    private IReadOnlyList<Option<string>> Parts(Draft draft) =>
        [.. PaperOf(draft)?.Parts.Select(p => new Option<string>(p.Key, p.Title)) ?? [], new(WholeKey, s_whole.Say())];

    private string Lead(Draft draft) => PaperOf(draft) is { } paper
        ? s_lead.Say(paper.Title, paper.Department, Moment(paper.ClosesAt), draft.Link.Length == 0 ? "" : new Link(draft.Link, s_page.Say()) { Ends = "\n" }) : "";

    private string NameOf(Draft draft) => PaperOf(draft)?.NameOf(KeyOf(draft)) ?? ConsultationPart.Whole;

    private string Shown(Draft draft) => PaperOf(draft) is { } paper
        ? Cut(paper.Parts.FirstOrDefault(p => p.Key == draft.Part)?.Text ?? paper.Background, LongestShown) : "";

    private static Taken<Draft> Take(Draft draft, string said)
    {
        var words = CommentBox.Tidy(said);
        return CommentBox.SaysNothing(words) ? new(draft, s_empty.Say())
            : words.Length > NewComment.Longest ? new(draft, s_tooLong.Say(words.Length, NewComment.Longest))
            : new(draft with { Words = words });
    }

    private static string KeyOf(Draft draft) => draft.Part == WholeKey ? "" : draft.Part;

    private static (long Id, int Version) Read(string paper) =>
        paper.Split('.') is [var id, var version] ? (long.Parse(id, CultureInfo.InvariantCulture), int.Parse(version, CultureInfo.InvariantCulture)) : default;

    private static string Look(string link) => link.Length == 0 ? "" : $"\n<a href=\"{link}\">{s_look.Say()}</a>";

    private static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)}…";

    private static string Moment(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("M月d日 HH:mm", CultureInfo.InvariantCulture);

    public sealed record Draft
    {
        /// <summary>Which consultation, and which of its versions: <c>12.1</c>.</summary>
        public string Paper { get; init; } = "";

        public string Link { get; init; } = "";

        public string Part { get; init; } = "";

        public string Words { get; init; } = "";
    }
}
