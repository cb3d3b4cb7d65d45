using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>爽约申诉: against the ban of whoever the citizen booked for, or said in one message.</summary>
public sealed class AppealBan(IBookingCare care) : IHandler
{
    private static readonly Text s_none = Text.Of("appeal.none");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) => await care.BanOfAsync(request.Citizen, ct) is { } ban
        ? Answer.Pass(string.Create(CultureInfo.InvariantCulture, $"book.appeal-ban {ban} {request.Argument}")) : Answer.Say(s_none.Say());
}

/// <summary>The citizen's words about a ban go to staff, who may lift it.</summary>
public sealed class AppealFlow(IBookingCare care) : Flow<AppealFlow.Draft>
{
    private const int Longest = 500;

    private static readonly Text s_title = Text.Of("appeal.title");
    private static readonly Text s_how = Text.Of("appeal.how");
    private static readonly Text s_none = Text.Of("appeal.none");
    private static readonly Text s_done = Text.Of("appeal.done");

    public override string Name => "appeal";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override IReadOnlyList<Step<Draft>> Steps =>
    [
        Note("ban", (d, ban) => d with { Ban = long.Parse(ban, CultureInfo.InvariantCulture) }),
        Ask("words", s_how.Say(), (d, said) => new(d with { Words = said.Length <= Longest ? said : said[..Longest] })),
    ];

    // The number comes with a choice of ours and never from what was typed.
    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct)
    {
        var (ban, words) = request.Argument.Split(' ', 2) is [var b, var w] ? (b, w.Trim()) : (request.Argument, "");
        return Task.FromResult<IEnumerable<FlowAnswer>>(words.Length == 0 ? [new("ban", ban)] : [new("ban", ban), new("words", words)]);
    }

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct) =>
        new Ending.Done(Answer.Say((await care.AppealAsync(citizen, draft.Ban, draft.Words, ct) ? s_done : s_none).Say()));

    public sealed record Draft
    {
        public long Ban { get; init; }
        public string Words { get; init; } = "";
    }
}
