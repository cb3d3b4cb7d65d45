using Bot.Data.Followers;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresFollowers(NpgsqlDataSource db) : IFollowers
{
    public Task FollowedAsync(OpenId citizen, long eventTime, string? scene, CancellationToken ct) => ExecuteAsync(
        """
        insert into follower (openid, subscribed, followed_at, scene, last_event_time)
        values (@openId, true, to_timestamp(@eventTime), @scene, @eventTime)
        on conflict (openid) do update set
            subscribed = true, followed_at = excluded.followed_at, unsubscribed_at = null,
            scene = excluded.scene, last_event_time = excluded.last_event_time
        where follower.last_event_time <= excluded.last_event_time
        """, new { openId = citizen.Value, eventTime, scene = scene?[..Math.Min(64, scene.Length)] }, ct);

    public Task UnfollowedAsync(OpenId citizen, long eventTime, CancellationToken ct) => ExecuteAsync(
        """
        insert into follower (openid, subscribed, unsubscribed_at, last_event_time)
        values (@openId, false, to_timestamp(@eventTime), @eventTime)
        on conflict (openid) do update set
            subscribed = false, unsubscribed_at = excluded.unsubscribed_at, last_event_time = excluded.last_event_time
        where follower.last_event_time <= excluded.last_event_time
        """, new { openId = citizen.Value, eventTime }, ct);

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

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }
}
