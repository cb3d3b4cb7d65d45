using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>Nothing was found in other words either: the ways that are left.</summary>
public sealed class PolicyMiss(WaysOn ways) : IHandler
{
    private static readonly Text s_lead = Text.Of("policy.miss");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        Task.FromResult(ways.Under(s_lead, request.Argument) with { Command = $"policy.miss {request.Argument}".TrimEnd() });
}
