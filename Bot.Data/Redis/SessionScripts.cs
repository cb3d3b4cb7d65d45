using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Sessions;

namespace Bot.Data.Redis;

/// <summary>The turn's steps as Lua, each one atomic call. KEYS: 1 reply, 2 session, 3 lease, 4 queue, 5 owed.</summary>
/// <remarks>
/// The lease's value is <c>message LF attempt</c>; a trailing <c>+</c> says that somebody waits, so that a commit without
/// waiters need not look at the queue. Begin and commit of an uncontended message make two and four inner calls. Lifetimes
/// are part of the text: every further value that a script is given costs Redis about a fifth of a call.
/// </remarks>
internal static class SessionScripts
{
    private static readonly string s_lease = Milliseconds(SessionLimits.Lease);
    private static readonly string s_takenUp = Milliseconds(SessionLimits.TakenUp);
    private static readonly string s_session = Milliseconds(SessionLimits.SessionKept);
    private static readonly string s_reply = Milliseconds(SessionLimits.ReplyKept);
    private static readonly string s_queue = Milliseconds(SessionLimits.QueueKept);
    private static readonly string s_between = SessionLimits.BetweenOwed.Replace("\n", "\\n", StringComparison.Ordinal);
    private static readonly string s_owed = Milliseconds(SessionLimits.OwedKept);

    /// <summary>ARGV: 1 lease, 2 present when asking again. Gives back {session, owed} | reply | -1 running | -2 crowded | place in the queue from 1.</summary>
    public static readonly Script Begin = new(
        $$"""
        local kept = redis.call('MGET', KEYS[1], KEYS[2], KEYS[5])
        if kept[1] then return kept[1] end
        local held = redis.call('SET', KEYS[3], ARGV[1], 'NX', 'GET', 'PX', {{s_lease}})
        if not held then
          local first = ARGV[2] and redis.call('LPOP', KEYS[4])
          if not first then return {kept[2], kept[3]} end
          -- The holder's host died. The turn goes to whoever stands first, who need not be who asks.
          local more = redis.call('EXISTS', KEYS[4]) == 1 and '+' or ''
          if first == ARGV[1] then
            redis.call('SET', KEYS[3], first .. more, 'PX', {{s_lease}})
            return {kept[2], kept[3]}
          end
          held = first .. more
          redis.call('SET', KEYS[3], held, 'PX', {{s_takenUp}})
        end
        if held == ARGV[1] or held == ARGV[1] .. '+' then
          redis.call('PEXPIRE', KEYS[3], {{s_lease}})
          return {kept[2], kept[3]}
        end
        local message = string.match(ARGV[1], '^.*\n')
        local same = #message
        if string.sub(held, 1, same) == message then return -1 end
        local queue = redis.call('LRANGE', KEYS[4], 0, -1)
        local place = #queue + 1
        for i, waiter in ipairs(queue) do
          if waiter == ARGV[1] then place = i break end
          if string.sub(waiter, 1, same) == message then return -1 end
        end
        if place > #queue then
          if #queue >= {{SessionLimits.QueueLength}} then return -2 end
          redis.call('RPUSH', KEYS[4], ARGV[1])
        end
        redis.call('PEXPIRE', KEYS[4], {{s_queue}})
        if string.sub(held, -1) ~= '+' then redis.call('SET', KEYS[3], held .. '+', 'XX', 'KEEPTTL') end
        return place
        """);

    // The turn goes to whoever stands first; a waiter whose host died does not take it up, and lets it lapse soon.
    private static readonly string s_passOn =
        $"""
        local first = redis.call('LPOP', KEYS[4])
        if not first then redis.call('DEL', KEYS[3]) return 1 end
        local more = redis.call('EXISTS', KEYS[4]) == 1 and '+' or ''
        redis.call('SET', KEYS[3], first .. more, 'PX', {s_takenUp})
        return first
        """;

    /// <summary>ARGV: 1 lease, 2 session, 3 reply. KEYS[5] and ARGV[4] drop what was owed and is told, and are not given otherwise. Gives back 0 lost | 1 kept | next lease.</summary>
    public static readonly Script Commit = new(
        $"""
        local held = redis.call('GET', KEYS[3])
        local waited = held ~= ARGV[1]
        if waited and held ~= ARGV[1] .. '+' then return 0 end
        if ARGV[2] == '' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], ARGV[2], 'PX', {s_session}) end
        redis.call('SET', KEYS[1], ARGV[3], 'PX', {s_reply})
        if KEYS[5] then
          local owed = redis.call('GET', KEYS[5]) or ''
          local rest = owed
          if string.sub(owed, 1, #ARGV[4]) == ARGV[4] then
            rest = string.sub(owed, #ARGV[4] + 1)
            if string.sub(rest, 1, {SessionLimits.BetweenOwed.Length}) == '{s_between}' then rest = string.sub(rest, {SessionLimits.BetweenOwed.Length + 1}) end
          end
          if rest == '' then redis.call('DEL', KEYS[5]) else redis.call('SET', KEYS[5], rest, 'KEEPTTL') end
        end
        if not waited then redis.call('DEL', KEYS[3]) return 1 end
        {s_passOn}
        """);

    /// <summary>ARGV: 1 lease. Gives back whether the turn was still held.</summary>
    public static readonly Script Renew = new(
        $"""
        local held = redis.call('GET', KEYS[3])
        if held ~= ARGV[1] and held ~= ARGV[1] .. '+' then return 0 end
        redis.call('PEXPIRE', KEYS[3], {s_lease})
        return 1
        """);

    /// <summary>ARGV: 1 lease. Gives back 1 | next lease.</summary>
    public static readonly Script Release = new(
        $"""
        redis.call('LREM', KEYS[4], 1, ARGV[1])
        local held = redis.call('GET', KEYS[3])
        if held == ARGV[1] then redis.call('DEL', KEYS[3]) return 1 end
        if held ~= ARGV[1] .. '+' then return 1 end
        {s_passOn}
        """);

    /// <summary>ARGV: 1 words. Adds to what is owed already.</summary>
    public static readonly Script Owe = new(
        $"""
        local owed = redis.call('GET', KEYS[5])
        local words = owed and (owed .. '{s_between}' .. ARGV[1]) or ARGV[1]
        redis.call('SET', KEYS[5], words, 'PX', {s_owed})
        return 1
        """);

    // Quoted: Lua would turn a number into text at every call.
    private static string Milliseconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"'{span.TotalMilliseconds:0}'");
}

/// <summary>A script, and the name under which Redis keeps it: sending the name alone spares both sides the text.</summary>
internal sealed class Script(string text)
{
    public string Text => text;

#pragma warning disable CA5350 // Redis names scripts by SHA-1.
    public byte[] Hash { get; } = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
