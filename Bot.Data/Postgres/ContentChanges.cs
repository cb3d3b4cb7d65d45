using System.Data;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>LISTEN on a connection of its own; when that connection was away, everything counts as changed.</summary>
internal sealed partial class ContentChanges(NpgsqlDataSource db, TimeProvider clock, ILogger<ContentChanges> logger) : IContentChanges
{
    public const string Channel = "content_changed";

    // A half-open connection hears nothing and says nothing: now and then ask whether anybody is there.
    private static readonly TimeSpan s_unasked = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>Every host reads the content anew once the transaction is kept.</summary>
    public static Task AnnounceAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition($"notify {Channel}", transaction: transaction, cancellationToken: ct));

    public async Task WatchAsync(Func<CancellationToken, Task> onChange, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(onChange, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A row that cannot be read too: this host goes on with what it has.
                LogLost(e.Message);
                await Task.Delay(s_again, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(Func<CancellationToken, Task> onChange, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        try
        {
            while (true)
            {
                await onChange(ct);
                while (!await connection.WaitAsync(s_unasked, ct))
                    await AskAsync(connection, ct);
                // What was announced along with it is heard by asking, and read with it, once.
                await AskAsync(connection, ct);
            }
        }
        catch (Exception) when (connection.State is ConnectionState.Open)
        {
            // It goes back to the others, who are not to hear.
            await using var unlisten = new NpgsqlCommand("unlisten *", connection);
            await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
            throw;
        }
    }

    // A connection that lives has heard every change; one that does not throws here, is made anew, and the content read again.
    private static async Task AskAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("select 1", connection);
        await ask.ExecuteScalarAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "Content changes cannot be heard: {Reason}; trying again")]
    private partial void LogLost(string reason);
}
