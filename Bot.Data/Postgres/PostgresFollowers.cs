using Bot.Data.Followers;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresFollowers(NpgsqlDataSource db) : IFollowers
{
    // An event that the table refuses would be tried for ever: what the platform sends always fits. The end of the year 9999.
    private const long Latest = 253_402_300_799;
    private const int LongestScene = 64;

    public Task FollowedAsync(OpenId citizen, long eventTime, string? scene, CancellationToken ct) => ExecuteAsync(
        """
        insert into follower (openid, subscribed, followed_at, scene, last_event_time)
        values (@openId, true, to_timestamp(least(@eventTime, @latest)), @scene, @eventTime)
        on conflict (openid) do update set
            subscribed = true, followed_at = excluded.followed_at, unsubscribed_at = null,
            scene = excluded.scene, last_event_time = excluded.last_event_time
        where follower.last_event_time <= excluded.last_event_time
        """, new { openId = citizen.Value, eventTime, latest = Latest, scene = Kept(scene) }, ct);

    public Task UnfollowedAsync(OpenId citizen, long eventTime, CancellationToken ct) => ExecuteAsync(
        """
        insert into follower (openid, subscribed, unsubscribed_at, last_event_time)
        values (@openId, false, to_timestamp(least(@eventTime, @latest)), @eventTime)
        on conflict (openid) do update set
            subscribed = false, unsubscribed_at = excluded.unsubscribed_at, last_event_time = excluded.last_event_time
        where follower.last_event_time <= excluded.last_event_time
        """, new { openId = citizen.Value, eventTime, latest = Latest }, ct);

    // Who writes to us follows us, unless an event says otherwise. Sorted, so that two hosts cannot lock each other out.
    public Task HeardFromAsync(IReadOnlyCollection<Heard> heard, CancellationToken ct) => ExecuteAsync(
        """
        insert into follower (openid, subscribed, last_message_at, last_event_time)
        select openid, true, max(at), 0
        from unnest(@openIds, @times) as h (openid, at)
        group by openid
        order by openid
        on conflict (openid) do update set
            last_message_at = greatest(follower.last_message_at, excluded.last_message_at)
        """, new { openIds = heard.Select(h => h.Citizen.Value).ToArray(), times = heard.Select(h => h.At.UtcDateTime).ToArray() }, ct);

    public async Task<Follower?> FindAsync(OpenId citizen, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<(bool Subscribed, string? Scene, DateTime? LastMessageAt)?>(new CommandDefinition(
            "select subscribed, scene, last_message_at from follower where openid = @openId",
            new { openId = citizen.Value }, cancellationToken: ct));
        return row is { } found ? new(citizen, found.Subscribed, found.Scene, found.LastMessageAt) : null;
    }

    // Not in the middle of a character of two halves.
    private static string? Kept(string? scene) => scene switch
    {
        null or "" => null,
        { Length: <= LongestScene } => scene,
        _ => scene[..(char.IsHighSurrogate(scene[LongestScene - 1]) ? LongestScene - 1 : LongestScene)],
    };

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }
}
