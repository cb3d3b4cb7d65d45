using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>这有帮助吗: yes.</summary>
public sealed class PolicyHelpful : IHandler
{
    private static readonly Text s_thanks = Text.Of("policy.thanks");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => Answer.SayAsync(s_thanks.Say());
}

/// <summary>这有帮助吗: no; the ways that are left.</summary>
public sealed class PolicyUnhelpful : IHandler
{
    private static readonly Text s_sorry = Text.Of("policy.sorry");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => Task.FromResult(PolicyMiss.WaysOn(s_sorry));
}
