using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Data.Consents;

/// <summary>订阅通知: what citizens agreed to be told. A one-time consent is good for one notice; a long-term one for any number.</summary>
public interface IConsents
{
    /// <summary>A citizen accepted or refused. Pushed again it counts once; a refusal ends what was accepted before.</summary>
    /// <param name="eventTime">The push's CreateTime.</param>
    Task HearAsync(OpenId citizen, string templateId, bool accepted, long eventTime, CancellationToken ct);

    /// <summary>The platform knows of no consent any more (43101).</summary>
    /// <param name="cause">The message that found out; 1 to 200 characters.</param>
    Task VoidAsync(OpenId citizen, string templateId, string cause, CancellationToken ct);

    /// <summary>What became of a subscription notice. It has no id: it is the newest one of that citizen and template.</summary>
    /// <param name="error">For staff; null when it arrived.</param>
    Task HearOutcomeAsync(OpenId citizen, string templateId, string? error, CancellationToken ct);

    /// <summary>Notices that the citizen would accept; int.MaxValue for a long-term consent.</summary>
    Task<int> HeldAsync(OpenId citizen, string templateId, CancellationToken ct);

    /// <summary>Takes over the account's subscription templates. One that has the title of a message template goes by its code.</summary>
    Task SyncAsync(IReadOnlyList<SubscriptionTemplate> listed, CancellationToken ct);
}
