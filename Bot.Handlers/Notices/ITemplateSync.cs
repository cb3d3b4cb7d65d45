using Bot.Data.Notices;

namespace Bot.Handlers.Notices;

/// <summary>Takes over the account's templates; the host does so by itself every hour.</summary>
public interface ITemplateSync
{
    /// <returns>Null when the platform did not answer or refused; the log says why.</returns>
    Task<TemplatesSynced?> SyncAsync(CancellationToken ct);
}
