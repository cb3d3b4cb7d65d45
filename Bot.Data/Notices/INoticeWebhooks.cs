namespace Bot.Data.Notices;

/// <summary>
/// Where other systems want to hear what became of their notices. The database notes each outcome as it comes; one job of kind <see cref="JobKind"/> for each owner tells them.
/// </summary>
public interface INoticeWebhooks
{
    /// <summary>Its key is the owner. The database makes it with the webhook.</summary>
    const string JobKind = "webhook";

    /// <param name="owner">Of the API key, such as <c>live:住建局</c>.</param>
    /// <returns>The secret that signs the calls, shown once. A second address replaces the first.</returns>
    Task<string> SetAsync(string owner, Uri url, string actor, CancellationToken ct);

    /// <returns>By owner.</returns>
    Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken ct);

    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(string owner, string actor, CancellationToken ct);

    /// <summary>The call that was made up before and not taken; else a new one of outcomes that wait, the oldest first. It stays as it is until <see cref="EndAsync"/>.</summary>
    /// <param name="after"><see cref="WebhookCall.Last"/> of the call before, so that what was told need not be passed over again; 0 for the first.</param>
    /// <returns>Null: nothing waits.</returns>
    Task<WebhookCall?> NextAsync(string owner, long after, CancellationToken ct);

    /// <summary>The other system has it.</summary>
    Task EndAsync(long call, CancellationToken ct);

    /// <summary>Clears away what waits for an owner who wants to hear nothing any more.</summary>
    /// <returns>False: it does want to, and nothing was done.</returns>
    Task<bool> ClearAsync(string owner, CancellationToken ct);

    /// <summary>What nobody took until <paramref name="before"/> is dropped.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken ct);
}

/// <param name="Waiting">Outcomes that were not taken yet, counted up to <see cref="MostCounted"/>.</param>
public sealed record Webhook(string Owner, Uri Url, DateTimeOffset CreatedAt, int Waiting)
{
    public const int MostCounted = 100_000;
}

/// <param name="Body">A JSON list of outcomes.</param>
/// <param name="Last">The number of its last outcome; 0 for a call that was made up before.</param>
public sealed record WebhookCall(long Id, Uri Url, string Secret, string Body, long Last)
{
    /// <summary>Outcomes in one call.</summary>
    public const int Most = 500;

    // A secret must not end in a log by way of a record's words.
    public override string ToString() => $"{nameof(WebhookCall)} {Id}";
}
