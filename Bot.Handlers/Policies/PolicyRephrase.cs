using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>The first time that nothing was found, or nothing fitted: asks for other words.</summary>
public sealed class PolicyRephrase : IHandler
{
    public const string Command = "policy.rephrase";

    private static readonly Task<Answer> s_answer = Task.FromResult(PolicyMiss.WaysOn(Text.Of("policy.rephrase")) with { Command = Command });

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => s_answer;
}
