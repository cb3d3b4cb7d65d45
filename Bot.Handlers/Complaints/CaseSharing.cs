using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>The citizen lets others read an adopted suggestion, or no longer does: <c>yes TS…</c>, <c>no TS…</c>, from a letter's choices.</summary>
public sealed class CaseSharing(ICases cases) : IHandler
{
    private static readonly Text s_shared = Text.Of("case.shared");
    private static readonly Text s_sharedBefore = Text.Of("case.shared-before");
    private static readonly Text s_unshared = Text.Of("case.unshared");
    private static readonly Text s_unsharedBefore = Text.Of("case.unshared-before");
    private static readonly Text s_cannot = Text.Of("case.share-cannot");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Argument.Split(' ', 2) is not [var word, var number])
            return Answer.Say(s_cannot.Say());
        var agreed = word == "yes";
        return Answer.Say(await cases.ActAsync(request.Citizen, number, new CaseAct.Share(agreed), Guid.NewGuid(), ct) switch
        {
            CaseOutcome.Changed => (agreed ? s_shared : s_unshared).Say(number),
            CaseOutcome.Refused { Why: CaseRefusal.Once } => (agreed ? s_sharedBefore : s_unsharedBefore).Say(number),
            _ => s_cannot.Say(),
        });
    }
}
