using System.Globalization;
using Bot.Data.Followers;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresFollowerTags(NpgsqlDataSource db, TimeProvider clock) : IFollowerTags
{
    private const int Seconds = 10;
    private const int SecondsAtNight = 60;

    public async Task<IReadOnlyList<(string Tag, long Count)>> ListAsync(CancellationToken ct) => await db.ReadAsync(
        "select tag, count(*) from follower_tag group by tag order by count(*) desc, tag limit 200", new { }, row => (row.GetString(0), row.GetInt64(1)), ct, Seconds);

    public async Task<IReadOnlyList<OpenId>> FollowingAsync(IReadOnlyCollection<OpenId> citizens, CancellationToken ct) => await db.ReadAsync(
        "select openid from follower where subscribed and openid = any(@openIds)", new { openIds = Values(citizens) }, row => new OpenId(row.GetString(0)), ct);

    public async Task GivenAsync(IReadOnlyCollection<OpenId> citizens, string tag, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await SeenAsync(connection, transaction, citizens, tag, clock.GetUtcNow(), ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor, "follower.tag", "tag", tag)
        {
            Details = new Dictionary<string, string?> { ["count"] = citizens.Count.ToString(CultureInfo.InvariantCulture) },
        }, ct);
        await transaction.CommitAsync(ct);
    }

    public Task TakenAsync(OpenId citizen, string tag, string actor, CancellationToken ct) => AuditSql.ActAsync(
        db, "delete from follower_tag where openid = @Value and tag = @tag returning tag", new { citizen.Value, tag }, _ => new(actor, "follower.untag", "tag", tag), ct);

    public async Task<IReadOnlyList<string>> UntoldAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select distinct t.tag from follower_tag t join follower f on f.openid = t.openid and f.subscribed
        where t.seen_at is null
        order by t.tag limit 20
        """, new { }, row => row.GetString(0), ct, Seconds);

    public async Task<IReadOnlyList<(string Tag, OpenId Citizen)>> UntoldAsync(string afterTag, OpenId? afterCitizen, int most, CancellationToken ct) => await db.ReadAsync(
        """
        select t.tag, t.openid from follower_tag t join follower f on f.openid = t.openid and f.subscribed
        where t.seen_at is null and (t.tag > @afterTag or t.tag = @afterTag and t.openid > @openid)
        order by t.tag, t.openid limit @most
        """, new { afterTag, openid = afterCitizen?.Value, most }, row => (row.GetString(0), new OpenId(row.GetString(1))), ct, SecondsAtNight);

    public async Task SeenAsync(IReadOnlyCollection<OpenId> citizens, string tag, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await SeenAsync(connection, null, citizens, tag, at, ct);
    }

    public Task DropAsync(DateTimeOffset notSeenSince, CancellationToken ct) =>
        db.RunAsync("delete from follower_tag where seen_at < @since", new { since = notSeenSince.UtcDateTime }, ct, seconds: SecondsAtNight);

    // In the order of the key: two who write at once wait for each other, and never in a ring.
    private static Task SeenAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<OpenId> citizens, string tag, DateTimeOffset at, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into follower_tag (openid, tag, seen_at)
            select f.openid, @tag, @at from follower f where f.openid = any(@openIds) order by f.openid
            on conflict (tag, openid) do update set seen_at = greatest(follower_tag.seen_at, excluded.seen_at)
            """, new { openIds = Values(citizens), tag, at = at.UtcDateTime }, transaction, SecondsAtNight, cancellationToken: ct));

    private static string[] Values(IReadOnlyCollection<OpenId> citizens) => [.. citizens.Select(c => c.Value)];
}
