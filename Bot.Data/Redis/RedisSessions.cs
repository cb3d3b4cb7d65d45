using System.Globalization;
using Bot.Data.Sessions;
using Bot.WeChat;
using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>Turns in Redis: one script a step, all keys of a citizen in one slot. Serves any number of hosts.</summary>
internal sealed class RedisSessions(IConnectionMultiplexer redis) : ISessions
{
    private static readonly RedisValue s_lease = Milliseconds(SessionLimits.Lease);
    private static readonly RedisValue s_reply = Milliseconds(SessionLimits.ReplyKept);
    private static readonly RedisValue s_session = Milliseconds(SessionLimits.SessionKept);
    private static readonly RedisValue s_owed = Milliseconds(SessionLimits.OwedKept);
    private static readonly RedisValue s_queue = Milliseconds(SessionLimits.QueueKept);

    private readonly IDatabase _db = redis.GetDatabase();

    public async Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false)
    {
        message = SessionKeys.Short(message);
        RedisValue[] args = again
            ? [Holder(message, lease), message + "\n", s_lease, s_queue, SessionLimits.QueueLength, 1]
            : [Holder(message, lease), message + "\n", s_lease, s_queue, SessionLimits.QueueLength];
        var result = await RunAsync(SessionScripts.Begin, citizen, message, args);
        if (result.Resp2Type is ResultType.Array)
            return new(TurnStatus.Started, Bytes(result[0]), (string?)result[1]);
        if (result.Resp2Type is ResultType.BulkString)
            return new(TurnStatus.Answered, Bytes(result));
        return (int)result switch
        {
            -1 => new(TurnStatus.Running),
            -2 => new(TurnStatus.Crowded),
            var place => new(TurnStatus.Waiting, Place: place),
        };
    }

    public async Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, bool toldOwed = false)
    {
        message = SessionKeys.Short(message);
        var result = await RunAsync(SessionScripts.Commit, citizen, message,
            [Holder(message, lease), session, reply, s_session, s_reply, s_lease, toldOwed ? "1" : "0"]);
        return result.Resp2Type is ResultType.Integer ? new((int)result == 1) : new(true, Attempt((string)result!));
    }

    public async Task<bool> RenewAsync(OpenId citizen, string message, string lease)
    {
        message = SessionKeys.Short(message);
        return (int)await RunAsync(SessionScripts.Renew, citizen, message, [Holder(message, lease), s_lease]) == 1;
    }

    // Not awaited: it stands behind the begin that it undoes on the same connection, whenever the server gets there.
    public Task ReleaseAsync(OpenId citizen, string message, string lease)
    {
        message = SessionKeys.Short(message);
        return RunAsync(SessionScripts.Release, citizen, message, [Holder(message, lease), s_lease], CommandFlags.FireAndForget);
    }

    public Task OweAsync(OpenId citizen, string words) => RunAsync(SessionScripts.Owe, citizen, "", [words, s_owed]);

    private async Task<RedisResult> RunAsync(string script, OpenId citizen, string message, RedisValue[] args, CommandFlags flags = CommandFlags.None)
    {
        try
        {
            return await _db.ScriptEvaluateAsync(script, SessionKeys.Of(citizen, message), args, flags).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new SessionsUnavailableException("Redis did not answer", e);
        }
    }

    private static string Holder(string message, string lease) => $"{message}\n{lease}";

    private static string Attempt(string holder) => holder[(holder.LastIndexOf('\n') + 1)..];

    private static ReadOnlyMemory<byte> Bytes(RedisResult result) => result.IsNull ? default : (byte[])result!;

    private static RedisValue Milliseconds(TimeSpan span) => ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
