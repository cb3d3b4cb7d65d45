using Bot.Handlers.Desk;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>民意征集: those that are open now.</summary>
public sealed class ConsultationList(ConsultationLibrary library, AccountProfile account, TimeProvider clock) : IHandler
{
    private static readonly Text s_lead = Text.Of("consultation.list");
    private static readonly Text s_none = Text.Of("consultation.none");
    private static readonly Text s_results = Text.Of("consultation.results");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => library.OpenAt(clock.GetUtcNow()) switch
    {
        [] => Answer.SayAsync(s_none.Say() + Results),
        [var only] => Task.FromResult(Answer.Pass(ConsultationFlow.Command(only.Id))),
        var open => Task.FromResult(NumberedList.Page(s_lead.Say(), [.. open.Select(c => new Choice(c.Paper.Title, ConsultationFlow.Command(c.Id)))], request.Page)),
    };

    private string Results => account.PublicBaseUrl.Length == 0 ? "" : $"\n<a href=\"{account.PublicBaseUrl}{ConsultationLinks.List}\">{s_results.Say()}</a>";
}
