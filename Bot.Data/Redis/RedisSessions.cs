using Bot.Data.Sessions;
using Bot.WeChat;
using StackExchange.Redis;

namespace Bot.Data.Redis;

/// <summary>Turns in Redis: one script a step, all keys of a citizen in one slot. Serves any number of hosts.</summary>
internal sealed class RedisSessions(IConnectionMultiplexer redis) : ISessions
{
    private readonly IDatabase _db = redis.GetDatabase();

    public async Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false)
    {
        message = SessionKeys.Short(message);
        var holder = Holder(message, lease);
        if (!again)
        {
            var started = await RunAsync(SessionScripts.Start, SessionKeys.Of(citizen, message, 4), [holder]).ConfigureAwait(false);
            if (started.Resp2Type is not ResultType.Integer)
                return Begun(started);
        }

        return Begun(await RunAsync(SessionScripts.Begin, SessionKeys.Of(citizen, message), again ? [holder, 1] : [holder]).ConfigureAwait(false));
    }

    public async Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, string? told = null)
    {
        message = SessionKeys.Short(message);
        var holder = Holder(message, lease);
        if (told is null && (int)await RunAsync(SessionScripts.Keep, SessionKeys.Of(citizen, message, 3), [holder, session, reply]).ConfigureAwait(false) == 1)
            return new(true);
        RedisValue[] args = told is null ? [holder, session, reply] : [holder, session, reply, told];
        return Committed(await RunAsync(SessionScripts.Commit, SessionKeys.Of(citizen, message), args).ConfigureAwait(false));
    }

    public async Task<bool> RenewAsync(OpenId citizen, string message, string lease)
    {
        message = SessionKeys.Short(message);
        return (int)await RunAsync(SessionScripts.Renew, SessionKeys.Of(citizen, message), [Holder(message, lease)]).ConfigureAwait(false) == 1;
    }

    // Not awaited: it stands behind the begin that it undoes on the same connection, whenever the server gets there. By its
    // text: who does not wait would not hear that the server does not know the name.
    public async Task ReleaseAsync(OpenId citizen, string message, string lease)
    {
        message = SessionKeys.Short(message);
        try
        {
            await _db.ScriptEvaluateAsync(SessionScripts.Release.Text, SessionKeys.Of(citizen, message), [Holder(message, lease)], CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new SessionsUnavailableException("Redis did not answer", e);
        }
    }

    public Task OweAsync(OpenId citizen, string words) => RunAsync(SessionScripts.Owe, SessionKeys.Of(citizen, ""), [words]);

    private static Begun Begun(RedisResult result)
    {
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

    private static Committed Committed(RedisResult result) =>
        result.Resp2Type is ResultType.Integer ? new((int)result == 1) : new(true, Attempt((string)result!));

    // A server that was just started does not know the script's name; it keeps the text from now on.
    private async Task<RedisResult> RunAsync(Script script, RedisKey[] keys, RedisValue[] args)
    {
        try
        {
            try
            {
                return await _db.ScriptEvaluateAsync(script.Hash, keys, args).ConfigureAwait(false);
            }
            catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                return await _db.ScriptEvaluateAsync(script.Text, keys, args).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new SessionsUnavailableException("Redis did not answer", e);
        }
    }

    private static bool IsFault(Exception e) => e is RedisException or TimeoutException or ObjectDisposedException;

    private static string Holder(string message, string lease) => $"{message}\n{lease}";

    private static string Attempt(string holder) => holder[(holder.LastIndexOf('\n') + 1)..];

    private static ReadOnlyMemory<byte> Bytes(RedisResult result) => result.IsNull ? default : (byte[])result!;
}
