using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>Nothing was found in other words either: the ways that are left.</summary>
public sealed class PolicyMiss : IHandler
{
    private static readonly Text s_lead = Text.Of("policy.miss");
    private static readonly Choice[] s_ways =
    [
        new(Text.Of("policy.browse").Say(), "policy"),
        new(Text.Of("policy.human").Say(), "human"),
    ];

    private static readonly Task<Answer> s_answer = Task.FromResult(WaysOn(s_lead) with { Command = "policy.miss" });

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => s_answer;

    internal static Answer WaysOn(Text lead) => NumberedList.Page(lead.Say(), s_ways, 0);
}
