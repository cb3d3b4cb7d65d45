using StackExchange.Redis;

namespace Bot.Data;

/// <summary>Asks Redis whether it answers.</summary>
public sealed class RedisProbe
{
    private readonly IConnectionMultiplexer _redis;

    internal RedisProbe(IConnectionMultiplexer redis) => _redis = redis;

    /// <exception cref="Exception">It does not, within about a second.</exception>
    public Task AskAsync() => _redis.GetDatabase().PingAsync();
}
