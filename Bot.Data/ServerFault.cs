using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;

namespace Bot.Data;

/// <summary>Tells a server that is away, or will not have us, from a fault of ours.</summary>
public static class ServerFault
{
    // Connection, rights, no such database, out of room or memory, shut down; a standby.
    private static readonly string[] s_states = ["08", "28", "3D", "53", "57", Standby];

    // Only reads: it was the first server a moment ago, or will be.
    private const string Standby = "25006";

    /// <returns>Which server, and what it said, on one line; null when the fault is none of theirs.</returns>
    public static string? Of(Exception fault) => fault switch
    {
        PostgresException said => s_states.Any(state => said.SqlState.StartsWith(state, StringComparison.Ordinal)) ? $"PostgreSQL refuses: {Line(said.MessageText)}" : null,
        NpgsqlException => $"PostgreSQL cannot be reached: {Line(fault.InnerException?.Message ?? fault.Message)}",
        // What follows its first sentence are keys, which hold openids, and a page of counters.
        RedisException or RedisTimeoutException => $"Redis cannot be reached: {Line(fault.Message.Split(':', ';', '(')[0])}",
        _ => null,
    };

    /// <summary>Whether the same may well go through in a moment: a server is away, restarts or is too slow, or two wanted the same rows.</summary>
    public static bool IsPassing(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException { IsTransient: true } or TimeoutException or SocketException or RedisConnectionException
                || cause is PostgresException said && (said.SqlState.StartsWith("57", StringComparison.Ordinal) || said.SqlState == Standby))
                return true;
        }

        return false;
    }

    private static string Line(string words) => words.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
