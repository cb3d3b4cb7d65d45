using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>这有帮助吗: yes. The question may become one of its document's.</summary>
public sealed class PolicyHelpful(QuestionLog questions) : IHandler
{
    private static readonly Text s_thanks = Text.Of("policy.thanks");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Argument.Split(' ') is [var id, var question])
            questions.Settled(question, QuestionOutcome.Helped, id);
        return Answer.SayAsync(s_thanks.Say());
    }
}

/// <summary>这有帮助吗: no; the ways that are left.</summary>
public sealed class PolicyUnhelpful(QuestionLog questions, WaysOn ways) : IHandler
{
    private static readonly Text s_sorry = Text.Of("policy.sorry");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var parts = request.Argument.Split(' ', 3);
        if (parts is [var id, var question, ..])
            questions.Settled(question, QuestionOutcome.Unhelpful, id);
        return Task.FromResult(ways.Under(s_sorry, parts is [_, _, var asked] ? asked : ""));
    }
}
