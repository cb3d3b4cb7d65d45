using StackExchange.Redis;

namespace Bot.Data;

/// <summary>Asks Redis whether it answers, and what it is.</summary>
public sealed class RedisProbe
{
    private const string Policy = "maxmemory_policy:";

    private readonly IConnectionMultiplexer _redis;

    internal RedisProbe(IConnectionMultiplexer redis) => _redis = redis;

    /// <exception cref="Exception">It does not, within about a second.</exception>
    public Task AskAsync() => _redis.GetDatabase().PingAsync();

    /// <exception cref="Exception">No master answers, within about a second.</exception>
    public async Task<RedisFacts> ExamineAsync()
    {
        await AskAsync();
        var master = _redis.GetServers().FirstOrDefault(server => server is { IsConnected: true, IsReplica: false })
            ?? throw new TimeoutException("No master is connected");
        // As plain text: the library keeps its own INFO for connections that may administer.
        var memory = (string?)await master.ExecuteAsync("INFO", "memory") ?? "";
        var policy = memory.Split("\r\n").FirstOrDefault(line => line.StartsWith(Policy, StringComparison.Ordinal)) ?? Policy;
        return new(master.Version, policy[Policy.Length..]);
    }
}

/// <param name="Eviction">As in maxmemory-policy; empty where it is not told.</param>
public sealed record RedisFacts(Version Version, string Eviction);
