using System.Data.Common;
using Bot.Data.Followers;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresFollowerList(NpgsqlDataSource db, TimeProvider clock) : IFollowerList
{
    private const int Seconds = 10;

    private const string Columns =
        """
        f.openid, f.subscribed, f.followed_at, f.last_message_at, f.scene,
            coalesce((select array_agg(t.tag order by t.tag) from follower_tag t where t.openid = f.openid), array[]::text[]),
            exists (select 1 from notice_opt_out o where o.openid = f.openid)
        """;

    // The page first, and what is shown beside it only for its rows. A tag leads: few have it.
    public async Task<IReadOnlyList<FollowerRow>> ListAsync(FollowerQuery query, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {Columns}
        from (
            select f.* from follower f {(query.Tag is null ? "" : "join follower_tag g on g.openid = f.openid and g.tag = @Tag")}
            where (@Subscribed::boolean is null or f.subscribed = @Subscribed)
              and (@Scene::text is null or f.scene = @Scene)
              and (not @Reachable or f.last_message_at > @since)
            order by f.last_message_at desc nulls last, f.openid
            limit @Size + 1 offset @skip) f
        order by f.last_message_at desc nulls last, f.openid
        """,
        new
        {
            query.Subscribed, query.Tag, query.Scene, query.Reachable, query.Size, skip = (query.Page - 1) * query.Size,
            since = clock.GetUtcNow().UtcDateTime.AddHours(-48),
        },
        Row, ct, Seconds);

    public async Task<FollowerRow?> FindAsync(OpenId citizen, CancellationToken ct) =>
        (await db.ReadAsync($"select {Columns} from follower f where f.openid = @Value", new { citizen.Value }, Row, ct, Seconds)).SingleOrDefault();

    public async Task<long> CountAsync(CancellationToken ct) =>
        (await db.ReadAsync("select count(*) from follower where subscribed", new { }, row => row.GetInt64(0), ct, Seconds)).Single();

    public async Task<IReadOnlyList<FollowerDay>> GrowthAsync(DateOnly from, DateOnly to, CancellationToken ct) => await db.ReadAsync(
        """
        select d::date,
            (select count(*) from follower where subscribed and followed_at >= d at time zone 'Asia/Shanghai' and followed_at < (d + interval '1 day') at time zone 'Asia/Shanghai'),
            (select count(*) from follower where not subscribed and unsubscribed_at >= d at time zone 'Asia/Shanghai' and unsubscribed_at < (d + interval '1 day') at time zone 'Asia/Shanghai')
        from generate_series(@from::timestamp, @to::timestamp, interval '1 day') as d
        order by d
        """, new { from = from.ToDateTime(TimeOnly.MinValue), to = to.ToDateTime(TimeOnly.MinValue) },
        row => new FollowerDay(DateOnly.FromDateTime(row.GetDateTime(0)), row.GetInt64(1), row.GetInt64(2)), ct, Seconds);

    private static FollowerRow Row(DbDataReader row) => new(
        new(row.GetString(0)), row.GetBoolean(1), row.Time(2), row.Time(3), row.Text(4),
        row.GetFieldValue<string[]>(5), row.GetBoolean(6));
}
