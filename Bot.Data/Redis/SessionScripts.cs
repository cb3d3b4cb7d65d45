namespace Bot.Data.Redis;

/// <summary>The turn's steps as Lua, each one atomic call. KEYS: 1 reply, 2 session, 3 lease, 4 queue, 5 owed.</summary>
/// <remarks>
/// The lease's value is <c>message LF attempt</c>; a trailing <c>+</c> says that somebody waits, so that a commit without
/// waiters need not look at the queue. Begin and commit of an uncontended message make three and four inner calls.
/// </remarks>
internal static class SessionScripts
{
    /// <summary>ARGV: 1 lease, 2 message LF, 3 lease ms, 4 queue ms, 5 queue length. 6 present when asking again. Gives back {session, owed} | reply | -1 running | -2 crowded | place in the queue from 1.</summary>
    public const string Begin =
        """
        local kept = redis.call('MGET', KEYS[1], KEYS[2], KEYS[5])
        if kept[1] then return kept[1] end
        local held = redis.call('SET', KEYS[3], ARGV[1], 'NX', 'GET', 'PX', ARGV[3])
        if not held then
          if ARGV[6] then redis.call('LREM', KEYS[4], 1, ARGV[1]) end
          return {kept[2], kept[3]}
        end
        if held == ARGV[1] or held == ARGV[1] .. '+' then
          redis.call('PEXPIRE', KEYS[3], ARGV[3])
          return {kept[2], kept[3]}
        end
        local same = #ARGV[2]
        if string.sub(held, 1, same) == ARGV[2] then return -1 end
        local queue = redis.call('LRANGE', KEYS[4], 0, -1)
        local place = #queue + 1
        for i, waiter in ipairs(queue) do
          if waiter == ARGV[1] then place = i break end
          if string.sub(waiter, 1, same) == ARGV[2] then return -1 end
        end
        if place > #queue then
          if #queue >= tonumber(ARGV[5]) then return -2 end
          redis.call('RPUSH', KEYS[4], ARGV[1])
        end
        redis.call('PEXPIRE', KEYS[4], ARGV[4])
        if string.sub(held, -1) ~= '+' then redis.call('SET', KEYS[3], held .. '+', 'XX', 'KEEPTTL') end
        return place
        """;

    // The turn goes to whoever stands first; a waiter whose host died lets the lease lapse like any other.
    private const string PassOn =
        """
        local function pass_on(waited, ms)
          local first = waited and redis.call('LPOP', KEYS[4])
          if not first then redis.call('DEL', KEYS[3]) return '' end
          local more = redis.call('EXISTS', KEYS[4]) == 1 and '+' or ''
          redis.call('SET', KEYS[3], first .. more, 'PX', ms)
          return first
        end

        """;

    /// <summary>ARGV: 1 lease, 2 session, 3 reply, 4 session ms, 5 reply ms, 6 lease ms, 7 '1' drops what was owed. Gives back 0 lost | 1 kept | next lease.</summary>
    public const string Commit = PassOn +
        """
        local held = redis.call('GET', KEYS[3])
        local waited = held == ARGV[1] .. '+'
        if not waited and held ~= ARGV[1] then return 0 end
        if ARGV[2] == '' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4]) end
        redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[5])
        if ARGV[7] == '1' then redis.call('DEL', KEYS[5]) end
        if not waited then redis.call('DEL', KEYS[3]) return 1 end
        local first = pass_on(true, ARGV[6])
        if first == '' then return 1 end
        return first
        """;

    /// <summary>ARGV: 1 lease, 2 lease ms. Gives back whether the turn was still held.</summary>
    public const string Renew =
        """
        local held = redis.call('GET', KEYS[3])
        if held ~= ARGV[1] and held ~= ARGV[1] .. '+' then return 0 end
        redis.call('PEXPIRE', KEYS[3], ARGV[2])
        return 1
        """;

    /// <summary>ARGV: 1 lease, 2 lease ms. Gives back 1 | next lease.</summary>
    public const string Release = PassOn +
        """
        redis.call('LREM', KEYS[4], 1, ARGV[1])
        local held = redis.call('GET', KEYS[3])
        local waited = held == ARGV[1] .. '+'
        if not waited and held ~= ARGV[1] then return 1 end
        local first = pass_on(waited, ARGV[2])
        if first == '' then return 1 end
        return first
        """;

    /// <summary>ARGV: 1 words, 2 kept ms. Adds to what is owed already.</summary>
    public const string Owe =
        """
        local owed = redis.call('GET', KEYS[5])
        local words = owed and (owed .. '\n\n' .. ARGV[1]) or ARGV[1]
        redis.call('SET', KEYS[5], words, 'PX', ARGV[2])
        return 1
        """;
}
