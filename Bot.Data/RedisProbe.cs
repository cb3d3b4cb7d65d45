using StackExchange.Redis;

namespace Bot.Data;

/// <summary>Asks Redis whether it answers, and what it is.</summary>
public sealed class RedisProbe
{
    private readonly IConnectionMultiplexer _redis;

    internal RedisProbe(IConnectionMultiplexer redis) => _redis = redis;

    /// <exception cref="Exception">It does not, within about a second.</exception>
    public Task AskAsync() => _redis.GetDatabase().PingAsync();

    /// <exception cref="Exception">No master answers, within about five seconds.</exception>
    public async Task<RedisFacts> ExamineAsync()
    {
        // The hosts' own connections may not administer, and INFO counts as that.
        var settings = ConfigurationOptions.Parse(_redis.Configuration);
        settings.AllowAdmin = true;
        await using var asking = await ConnectionMultiplexer.ConnectAsync(settings);
        var master = asking.GetServers().FirstOrDefault(server => server is { IsConnected: true, IsReplica: false })
            ?? throw new TimeoutException("No master is connected");
        var memory = (await master.InfoAsync("memory")).SelectMany(group => group).ToDictionary(pair => pair.Key, pair => pair.Value);
        return new(master.Version, memory.GetValueOrDefault("maxmemory_policy", ""));
    }
}

/// <param name="Eviction">As in maxmemory-policy; empty where it is not told.</param>
public sealed record RedisFacts(Version Version, string Eviction);
