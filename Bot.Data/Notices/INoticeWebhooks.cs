namespace Bot.Data.Notices;

/// <summary>Where other systems want to hear what became of their notices. Calls are made by jobs of kind <see cref="JobKind"/>.</summary>
public interface INoticeWebhooks
{
    const string JobKind = "notice-webhook";

    /// <param name="owner">Of the API key, such as <c>live:住建局</c>.</param>
    /// <returns>The secret that signs the calls, shown once. A second address replaces the first.</returns>
    Task<string> SetAsync(string owner, Uri url, string actor, CancellationToken ct);

    /// <returns>By owner.</returns>
    Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken ct);

    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(string owner, string actor, CancellationToken ct);

    /// <summary>Null: made already, or nobody wants it any more.</summary>
    Task<WebhookCall?> FindAsync(long call, CancellationToken ct);

    /// <summary>The other system has it.</summary>
    Task EndAsync(long call, CancellationToken ct);

    /// <summary>Calls that nobody took until <paramref name="before"/> are dropped.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct);
}

/// <param name="Waiting">Calls that were not taken yet.</param>
public sealed record Webhook(string Owner, Uri Url, DateTimeOffset CreatedAt, int Waiting);

/// <param name="Body">A JSON list of outcomes.</param>
public sealed record WebhookCall(long Id, string Owner, Uri Url, string Secret, string Body)
{
    // A secret must not end in a log by way of a record's words.
    public override string ToString() => $"{nameof(WebhookCall)} {Id}";
}
