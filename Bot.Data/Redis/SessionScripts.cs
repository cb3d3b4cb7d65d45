using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Sessions;

namespace Bot.Data.Redis;

/// <summary>The turn's steps as Lua, each one atomic call. KEYS: 1 reply, 2 session, 3 lease, 4 owed, 5 queue.</summary>
/// <remarks>
/// The lease's value is <c>message LF attempt</c>; a trailing <c>+</c> says that somebody waits, so that a commit without
/// waiters need not look at the queue. An entry of the queue is <c>message LF attempt LF time</c>, the time being when it last asked. Lifetimes are part of the
/// text, and a message that nobody contends for has shorter scripts, <see cref="Start"/> and <see cref="Keep"/>: every further value that a script is
/// given costs Redis about a fifth of a call.
/// </remarks>
internal static class SessionScripts
{
    private static readonly string s_lease = Milliseconds(SessionLimits.Lease);
    private static readonly string s_takenUp = Milliseconds(SessionLimits.TakenUp);
    private static readonly string s_silent = Number(SessionLimits.Silent);
    private static readonly string s_session = Milliseconds(SessionLimits.SessionKept);
    private static readonly string s_reply = Milliseconds(SessionLimits.ReplyKept);
    private static readonly string s_queue = Milliseconds(SessionLimits.QueueKept);
    private static readonly string s_between = SessionLimits.BetweenOwed.Replace("\n", "\\n", StringComparison.Ordinal);
    private static readonly string s_owed = Milliseconds(SessionLimits.OwedKept);

    // Redis's own clock, ms: hosts need not agree on the time.
    private const string Now =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        """;

    // Takes the first out of the queue who still asks, as `first`; `more` marks a lease for which others wait.
    private static readonly string s_first =
        $"""
        {Now}
        local first
        repeat
          local entry = redis.call('LPOP', KEYS[5])
          if not entry then first = nil break end
          local asked
          first, asked = string.match(entry, '^(.*)\n(%d+)$')
        until first == ARGV[1] or now - asked <= {s_silent}
        local more = redis.call('EXISTS', KEYS[5]) == 1 and '+' or ''
        """;

    /// <summary>A begin that finds the turn free; without KEYS[5]. ARGV: 1 lease. Gives back {session, owed} | reply | 0 somebody holds the turn, so that <see cref="Begin"/> decides.</summary>
    public static readonly Script Start = new(
        $$"""
        local kept = redis.call('MGET', KEYS[1], KEYS[2], KEYS[4])
        if kept[1] then return kept[1] end
        if redis.call('SET', KEYS[3], ARGV[1], 'NX', 'GET', 'PX', {{s_lease}}) then return 0 end
        return {kept[2], kept[3]}
        """);

    /// <summary>ARGV: 1 lease, 2 present when asking again. Gives back {session, owed} | reply | -1 running | -2 crowded | place in the queue from 1.</summary>
    public static readonly Script Begin = new(
        $$"""
        local kept = redis.call('MGET', KEYS[1], KEYS[2], KEYS[4])
        if kept[1] then return kept[1] end
        local held = redis.call('SET', KEYS[3], ARGV[1], 'NX', 'GET', 'PX', {{s_lease}})
        if not held then
          if not ARGV[2] then return {kept[2], kept[3]} end
          -- The holder's host died. The turn goes to whoever stands first, who need not be who asks.
          {{s_first}}
          if not first then return {kept[2], kept[3]} end
          held = first .. more
          redis.call('SET', KEYS[3], held, 'PX', first == ARGV[1] and {{s_lease}} or {{s_takenUp}})
        end
        if held == ARGV[1] or held == ARGV[1] .. '+' then
          redis.call('PEXPIRE', KEYS[3], {{s_lease}})
          return {kept[2], kept[3]}
        end
        local message = string.match(ARGV[1], '^.*\n')
        local same = #message
        if string.sub(held, 1, same) == message then return -1 end
        {{Now}}
        local mine = ARGV[1] .. '\n'
        local queue = redis.call('LRANGE', KEYS[5], 0, -1)
        local place = #queue + 1
        for i, entry in ipairs(queue) do
          if string.sub(entry, 1, same) == message then
            local silent = now - string.match(entry, '%d+$') > {{s_silent}}
            if string.sub(entry, 1, #mine) ~= mine and not silent then return -1 end
            place = i
            break
          end
        end
        mine = mine .. string.format('%.0f', now)
        if place <= #queue then
          redis.call('LSET', KEYS[5], place - 1, mine)
        else
          if #queue >= {{SessionLimits.QueueLength}} then return -2 end
          redis.call('RPUSH', KEYS[5], mine)
        end
        redis.call('PEXPIRE', KEYS[5], {{s_queue}})
        if string.sub(held, -1) ~= '+' then redis.call('SET', KEYS[3], held .. '+', 'XX', 'KEEPTTL') end
        return place
        """);

    // To whoever stands first and still asks; one who died since does not take it up, and lets it lapse soon.
    private static readonly string s_passOn =
        $"""
        {s_first}
        if not first then redis.call('DEL', KEYS[3]) return 1 end
        redis.call('SET', KEYS[3], first .. more, 'PX', {s_takenUp})
        return first
        """;

    // Session and reply, which a commit keeps.
    private static readonly string s_kept =
        $"""
        if ARGV[2] == '' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], ARGV[2], 'PX', {s_session}) end
        redis.call('SET', KEYS[1], ARGV[3], 'PX', {s_reply})
        """;

    /// <summary>A commit for which nobody waits; with three keys. ARGV: 1 lease, 2 session, 3 reply. Gives back 1 kept | 0 the turn is lost or has waiters, so that <see cref="Commit"/> decides.</summary>
    public static readonly Script Keep = new(
        $"""
        if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
        {s_kept}
        redis.call('DEL', KEYS[3])
        return 1
        """);

    /// <summary>ARGV: 1 lease, 2 session, 3 reply, 4 what was owed and is told, or absent. Gives back 0 lost | 1 kept | next lease.</summary>
    public static readonly Script Commit = new(
        $"""
        local held = redis.call('GET', KEYS[3])
        local waited = held ~= ARGV[1]
        if waited and held ~= ARGV[1] .. '+' then return 0 end
        {s_kept}
        if ARGV[4] then
          local owed = redis.call('GET', KEYS[4]) or ''
          local rest = owed
          if string.sub(owed, 1, #ARGV[4]) == ARGV[4] then
            rest = string.sub(owed, #ARGV[4] + 1)
            if string.sub(rest, 1, {SessionLimits.BetweenOwed.Length}) == '{s_between}' then rest = string.sub(rest, {SessionLimits.BetweenOwed.Length + 1}) end
          end
          if rest == '' then redis.call('DEL', KEYS[4]) else redis.call('SET', KEYS[4], rest, 'KEEPTTL') end
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
        local mine = ARGV[1] .. '\n'
        for _, entry in ipairs(redis.call('LRANGE', KEYS[5], 0, -1)) do
          if string.sub(entry, 1, #mine) == mine then redis.call('LREM', KEYS[5], 1, entry) break end
        end
        local held = redis.call('GET', KEYS[3])
        if held == ARGV[1] then redis.call('DEL', KEYS[3]) return 1 end
        if held ~= ARGV[1] .. '+' then return 1 end
        {s_passOn}
        """);

    /// <summary>ARGV: 1 words. Adds to what is owed already.</summary>
    public static readonly Script Owe = new(
        $"""
        local owed = redis.call('GET', KEYS[4])
        local words = owed and (owed .. '{s_between}' .. ARGV[1]) or ARGV[1]
        redis.call('SET', KEYS[4], words, 'PX', {s_owed})
        return 1
        """);

    private static string Number(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0}");

    // Quoted: Lua would turn a number into text at every call.
    private static string Milliseconds(TimeSpan span) => $"'{Number(span)}'";
}

/// <summary>A script, and the name under which Redis keeps it: sending the name alone spares both sides the text.</summary>
internal sealed class Script(string text)
{
    public string Text => text;

#pragma warning disable CA5350 // Redis names scripts by SHA-1.
    public byte[] Hash { get; } = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
