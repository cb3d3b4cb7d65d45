using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>LISTEN on a connection of its own. Whoever waits for it polls as well, so a lost ring costs a second and no more.</summary>
internal sealed partial class PostgresBell(NpgsqlDataSource db, TimeProvider clock, ILogger<PostgresBell> logger)
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    public Task ListenAsync(string channel, Action ring, CancellationToken ct) => ListenAsync(channel, _ => ring(), ct);

    /// <param name="heard">Gets each payload; and an empty one whenever listening begins, because something may have been missed.</param>
    public async Task ListenAsync(string channel, Action<string> heard, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await db.OpenConnectionAsync(ct);
                connection.Notification += (_, told) => heard(told.Payload);
                await using (var listen = new NpgsqlCommand($"listen {channel}", connection))
                    await listen.ExecuteNonQueryAsync(ct);
                heard("");
                while (true)
                    await connection.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                LogLost(channel, e.Message);
                await Task.Delay(s_again, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Channel} cannot be heard: {Reason}; trying again")]
    private partial void LogLost(string channel, string reason);
}
