using Bot.Handlers.Desk;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>问卷: those that are open now.</summary>
public sealed class SurveyList(SurveyLibrary library, AccountProfile account, TimeProvider clock) : IHandler
{
    private static readonly Text s_lead = Text.Of("survey.list");
    private static readonly Text s_none = Text.Of("survey.none");
    private static readonly Text s_told = Text.Of("survey.told");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => library.OpenAt(clock.GetUtcNow()) switch
    {
        [] => Answer.SayAsync(s_none.Say() + (account.PublicBaseUrl.Length == 0 ? "" : $"\n<a href=\"{account.PublicBaseUrl}/surveys\">{s_told.Say()}</a>")),
        var open => Task.FromResult(NumberedList.Page(
            s_lead.Say(), [.. open.Select(s => new Choice(s.Survey.Title, SurveyFlow.Command(s.Survey.Id)))], request.Page)),
    };
}
