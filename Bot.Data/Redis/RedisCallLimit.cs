using Bot.Data.ApiKeys;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>One count for all hosts. While Redis is away each host counts by itself: more gets through then, but never all, and nobody is turned away for it.</summary>
internal sealed partial class RedisCallLimit(IConnectionMultiplexer redis, LocalCallLimit local, ILogger<RedisCallLimit> logger) : ICallLimit
{
    // KEYS: 1 calls in this window. ARGV: 1 the most, 2 the window in ms. Gives back ms to wait.
    private const string Script =
        """
        local calls = redis.call('INCR', KEYS[1])
        if calls == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        if calls <= tonumber(ARGV[1]) then return 0 end
        return math.max(1, redis.call('PTTL', KEYS[1]))
        """;

    private readonly IDatabase _db = redis.GetDatabase();
    private bool _away;

    public async ValueTask<TimeSpan> CountAsync(string caller, int most, TimeSpan window)
    {
        try
        {
            var wait = await _db.ScriptEvaluateAsync(Script, [$"bot:calls:{{{caller}}}"], [most, (long)window.TotalMilliseconds]);
            Volatile.Write(ref _away, false);
            return TimeSpan.FromMilliseconds((long)wait);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            if (!Interlocked.Exchange(ref _away, true))
                LogAway(e.GetType().Name);
            return await local.CountAsync(caller, most, window);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not count the API's calls ({Reason}); this host counts alone until it does")]
    private partial void LogAway(string reason);
}
