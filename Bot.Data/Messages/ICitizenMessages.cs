namespace Bot.Data.Messages;

/// <summary>What our processes tell citizens, each once.</summary>
/// <remarks>Stores add messages in the transaction of what causes them; a job of kind <see cref="JobKind"/> sends each.</remarks>
public interface ICitizenMessages
{
    const string JobKind = "citizen-message";

    Task AddAsync(NewCitizenMessage message, CancellationToken ct);

    Task<CitizenMessage?> FindAsync(long id, CancellationToken ct);

    /// <summary>From waiting to sending. False when somebody was there before: then it may have been sent, and is not sent again.</summary>
    Task<bool> BeginSendingAsync(long id, CancellationToken ct);

    Task<CitizenMessage?> FindByNoticeAsync(string noticeId, CancellationToken ct);

    /// <summary>It was not sent as a customer-service message for certain: another way may be tried.</summary>
    /// <param name="closed">False when the same way may be tried again later.</param>
    Task NotSentAsync(long id, bool closed, CancellationToken ct);

    /// <summary>The consent that would pay for it, spending nothing yet; null for none.</summary>
    Task<HeldConsent?> ConsentAsync(long id, CancellationToken ct);

    /// <summary>Spends a consent on it, once, whatever crashes. False when it is gone or was spent before.</summary>
    Task<bool> BeginGrantingAsync(long id, string templateId, CancellationToken ct);

    /// <summary>It did not go out for certain: the consent is given back.</summary>
    Task NotGrantedAsync(long id, CancellationToken ct);

    /// <param name="noticeId">For <see cref="CitizenMessageStatus.Noticed"/>.</param>
    /// <param name="error">For staff.</param>
    Task EndAsync(long id, CitizenMessageStatus status, string? noticeId, string? error, CancellationToken ct);

    /// <summary>Those that reached nobody or may not have, newest first.</summary>
    /// <param name="before">The last id of the page before; 0 for the first page.</param>
    Task<IReadOnlyList<CitizenMessage>> UndeliveredAsync(long before, int limit, CancellationToken ct);
}
