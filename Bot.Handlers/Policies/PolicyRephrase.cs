using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>The first time that nothing was found, or nothing fitted: asks for other words.</summary>
public sealed class PolicyRephrase : IHandler
{
    public const string Command = "policy.rephrase";

    private static readonly Text s_lead = Text.Of("policy.rephrase");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        Task.FromResult(PolicyMiss.WaysOn(s_lead) with { Command = Command });
}
