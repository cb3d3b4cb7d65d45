using Bot.Data.Notices;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Notices;

/// <summary>退订: which notices a citizen takes, and the choices.</summary>
public sealed class OptOut(INoticeOptOuts optOuts) : IHandler
{
    private static readonly Text s_none = Text.Of("optout.none");
    private static readonly Text s_bulk = Text.Of("optout.bulk");
    private static readonly Text s_everything = Text.Of("optout.everything");

    private static readonly Choice s_chooseBulk = new(Text.Of("optout.choose-bulk").Say(), $"optout.choose {OptOutChosen.Bulk}");
    private static readonly Choice s_chooseEverything = new(Text.Of("optout.choose-everything").Say(), $"optout.choose {OptOutChosen.Everything}");
    private static readonly Choice s_chooseNone = new(Text.Of("optout.choose-none").Say(), $"optout.choose {OptOutChosen.None}");
    private static readonly Choice s_chooseSame = new(Text.Of("optout.choose-same").Say(), $"optout.choose {OptOutChosen.Same}");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) => await optOuts.OfAsync(request.Citizen, ct) switch
    {
        NoticeOptOut.None => NumberedList.Page(s_none.Say(), [s_chooseBulk, s_chooseEverything, s_chooseSame], 0),
        NoticeOptOut.Bulk => NumberedList.Page(s_bulk.Say(), [s_chooseNone, s_chooseEverything, s_chooseSame], 0),
        NoticeOptOut.Everything => NumberedList.Page(s_everything.Say(), [s_chooseNone, s_chooseBulk, s_chooseSame], 0),
    };
}

/// <summary>What the citizen chose; chosen twice is chosen once.</summary>
public sealed class OptOutChosen(INoticeOptOuts optOuts) : IHandler
{
    internal const string None = "none";
    internal const string Bulk = "bulk";
    internal const string Everything = "everything";
    internal const string Same = "same";

    private static readonly Text s_none = Text.Of("optout.done-none");
    private static readonly Text s_bulk = Text.Of("optout.done-bulk");
    private static readonly Text s_everything = Text.Of("optout.done-everything");
    private static readonly Text s_same = Text.Of("optout.done-same");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (choice, words) = request.Argument switch
        {
            None => (NoticeOptOut.None, s_none),
            Bulk => (NoticeOptOut.Bulk, s_bulk),
            Everything => (NoticeOptOut.Everything, s_everything),
            _ => ((NoticeOptOut?)null, s_same),
        };
        if (choice is { } chosen)
            await optOuts.ChooseAsync(request.Citizen, chosen, ct);
        return Answer.Say(words.Say());
    }
}

/// <summary>恢复通知: undoes 退订 at once.</summary>
public sealed class OptIn(INoticeOptOuts optOuts) : IHandler
{
    private static readonly Text s_done = Text.Of("optout.done-none");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await optOuts.ChooseAsync(request.Citizen, NoticeOptOut.None, ct);
        return Answer.Say(s_done.Say());
    }
}
