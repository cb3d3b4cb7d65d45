using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>The documents of an answer to a request for information: a link that lapses, made anew each time it is asked for.</summary>
public sealed class AnswerDocuments(ICases cases, ICaseDocuments documents, DocumentLinks links) : IHandler
{
    private static readonly Text s_link = Text.Of("open.documents");
    private static readonly Text s_none = Text.Of("open.documents-none");
    private static readonly Text s_noLink = Text.Of("open.documents-no-link");
    private static readonly Text s_look = Text.Of("case.do-look");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        Choice[] back = [new(s_look.Say(), $"case.show {request.Argument}")];
        if (await cases.FindAsync(request.Citizen, request.Argument, ct) is not { Owner: true, File.IsDisclosure: true }
            || await documents.SentAsync(request.Argument, ct) is not { Count: > 0 } sent)
            return NumberedList.Page(s_none.Say(), back, 0);
        return NumberedList.Page(
            await links.ForAsync(request.Argument, ct) is var (address, until) ? s_link.Say(sent.Count, CaseDates.At(until), address) : s_noLink.Say(sent.Count), back, 0);
    }
}
