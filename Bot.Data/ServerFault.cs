using Npgsql;
using StackExchange.Redis;

namespace Bot.Data;

/// <summary>Tells a server that is away, or will not have us, from a fault of ours.</summary>
public static class ServerFault
{
    // Connection, rights, no such database, out of room or memory, shut down; a standby.
    private static readonly string[] s_states = ["08", "28", "3D", "53", "57", "25006"];

    /// <returns>Which server, and what it said, on one line; null when the fault is none of theirs.</returns>
    public static string? Of(Exception fault) => fault switch
    {
        PostgresException said => s_states.Any(state => said.SqlState.StartsWith(state, StringComparison.Ordinal)) ? $"PostgreSQL refuses: {Line(said.MessageText)}" : null,
        NpgsqlException => $"PostgreSQL cannot be reached: {Line(fault.InnerException?.Message ?? fault.Message)}",
        // What follows its first sentence are keys, which hold openids, and a page of counters.
        RedisException or RedisTimeoutException => $"Redis cannot be reached: {Line(fault.Message.Split(':', ';', '(')[0])}",
        _ => null,
    };

    private static string Line(string words) => words.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
