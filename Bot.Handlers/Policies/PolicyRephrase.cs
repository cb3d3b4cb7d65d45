using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>The first time that nothing was found, or nothing fitted: asks for other words.</summary>
public sealed class PolicyRephrase(QuestionLog questions, WaysOn ways) : IHandler
{
    public const string Command = "policy.rephrase";

    private static readonly Text s_lead = Text.Of("policy.rephrase");

    // The same for everybody.
    private readonly Lazy<Answer> _answer = new(() => ways.Under(s_lead) with { Command = Command });

    /// <param name="request">Its argument is the key of the question that none of the documents answered; empty when none was found.</param>
    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        questions.Settled(request.Argument, QuestionOutcome.None);
        return Task.FromResult(_answer.Value);
    }
}
