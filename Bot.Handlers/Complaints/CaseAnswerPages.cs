using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>The whole answer, a screen at a time, where the look at a case shows its beginning only.</summary>
public sealed class CaseAnswerPages(ICases cases) : IHandler
{
    private const int OnePage = 450;

    private static readonly Text s_gone = Text.Of("case.act-refused");
    private static readonly Text s_more = Text.Of("list.more");
    private static readonly Text s_end = Text.Of("list.end");
    private static readonly Text s_look = Text.Of("case.do-look");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        Choice[] back = [new(s_look.Say(), $"case.show {request.Argument}")];
        if (await cases.FindAsync(request.Citizen, request.Argument, ct) is not { Owner: true, File.Reply: { } reply })
            return NumberedList.Page(s_gone.Say(), back, 0);
        var pages = (reply.Length + OnePage - 1) / OnePage;
        var page = Math.Clamp(request.Page, 0, pages - 1);
        var part = reply.AsSpan(Start(reply, page)..Start(reply, page + 1));
        var more = page + 1 < pages;
        var foot = more ? $"\n{s_more.Say(page + 1, pages)}" : pages > 1 ? $"\n{s_end.Say()}" : "";
        return NumberedList.Page($"{part}{foot}", back, 0) with { More = more };
    }

    // No character is cut in two.
    private static int Start(string words, int page) => page * OnePage is var at && at >= words.Length ? words.Length
        : at > 0 && char.IsLowSurrogate(words[at]) ? at + 1 : at;
}
