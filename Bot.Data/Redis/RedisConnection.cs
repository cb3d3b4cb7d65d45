using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>How we speak to Redis: fail fast, come back by itself, never hold a citizen for more than about a second.</summary>
internal static class RedisConnection
{
    public static IConnectionMultiplexer Open(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.ClientName ??= "bot";
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 1000;
        if (!connectionString.Contains("asyncTimeout", StringComparison.OrdinalIgnoreCase))
            options.AsyncTimeout = 1000;
        options.SyncTimeout = 1000;
        // Time-outs are noticed at the heartbeat: at the default of a second they would come up to a second late.
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        options.ReconnectRetryPolicy = new LinearRetry(500);
        return ConnectionMultiplexer.Connect(options);
    }
}
