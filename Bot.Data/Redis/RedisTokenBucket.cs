using Bot.Data.Notices;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>One rate for all hosts, by Redis's own clock. While Redis is away each host keeps the rate by itself; the platform's limit is behind it.</summary>
internal sealed partial class RedisTokenBucket(IConnectionMultiplexer redis, LocalTokenBucket local, ILogger<RedisTokenBucket> logger) : ITokenBucket
{
    // KEYS: 1 when the next send is free, µs. ARGV: 1 count, 2 a second. Gives back µs to wait.
    private const string Script =
        """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local at = tonumber(redis.call('GET', KEYS[1]) or '0')
        if at < now then at = now end
        local free = at + ARGV[1] * 1000000 / ARGV[2]
        redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', math.ceil((free - now) / 1000) + 1000)
        return math.floor(at - now)
        """;

    private readonly IDatabase _db = redis.GetDatabase();

    public async ValueTask<TimeSpan> ReserveAsync(string name, int count, int perSecond)
    {
        try
        {
            var wait = await _db.ScriptEvaluateAsync(Script, [$"bot:rate:{{{name}}}"], [count, perSecond]);
            return TimeSpan.FromMicroseconds((long)wait);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogAway(e.GetType().Name);
            return await local.ReserveAsync(name, count, perSecond);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not keep the rate ({Reason}); this host keeps it alone")]
    private partial void LogAway(string reason);
}
