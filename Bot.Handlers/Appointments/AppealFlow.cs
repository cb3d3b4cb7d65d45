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
    private static readonly Text s_pending = Text.Of("appeal.pending");
    private static readonly Text s_accepted = Text.Of("appeal.accepted");
    private static readonly Text s_lifted = Text.Of("appeal.lifted");
    private static readonly Text s_refused = Text.Of("appeal.refused");
    private static readonly Text s_more = Text.Of("appeal.more");
    private static readonly Text s_again = Text.Of("appeal.again");

    // Whoever asks reads the answer here, too, whether or not its message arrived.
    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var found = await care.BanOfAsync(request.Citizen, ct);
        if (found is not { } ban || ban is { Lifted: true, Answer: null })
            return Answer.Say(s_none.Say());
        var command = string.Create(CultureInfo.InvariantCulture, $"book.appeal-ban {ban.Id}");
        return ban switch
        {
            { Lifted: true } => Answer.Say((ban.AppealedAt is null ? s_lifted : s_accepted).Say(ban.Answer)),
            _ when request.Argument.Length > 0 || ban.AppealedAt is null => Answer.Pass($"{command} {request.Argument}"),
            { Answer: { } answer } => NumberedList.Page(s_refused.Say(answer), [new(s_again.Say(), command)], 0),
            _ => NumberedList.Page(s_pending.Say(), [new(s_more.Say(), command)], 0),
        };
    }
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
        Ask("words", s_how.Say(), (d, said) => new(d with { Words = said.Length <= Longest ? said : said[..(char.IsHighSurrogate(said[Longest - 1]) ? Longest - 1 : Longest)] })),
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
