using Bot.Data.Consents;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Tests.Notices;

/// <summary>Remembers what was heard, in order.</summary>
internal sealed class RememberedConsents : IConsents
{
    public List<string> Heard { get; } = [];

    public Task HearAsync(OpenId citizen, string templateId, bool accepted, long eventTime, CancellationToken ct) => Keep($"{citizen.Value} {templateId} {(accepted ? "accept" : "reject")}");

    public Task VoidAsync(OpenId citizen, string templateId, string cause, CancellationToken ct) => Keep($"{citizen.Value} {templateId} void");

    public Task HearOutcomeAsync(OpenId citizen, string templateId, string? error, CancellationToken ct) => Keep($"{citizen.Value} {templateId} {error ?? "arrived"}");

    public Task<int> HeldAsync(OpenId citizen, string templateId, CancellationToken ct) => Task.FromResult(0);

    public Task SyncAsync(IReadOnlyList<SubscriptionTemplate> listed, CancellationToken ct) => Task.CompletedTask;

    private Task Keep(string heard)
    {
        Heard.Add(heard);
        return Task.CompletedTask;
    }
}
