using System.Collections.Concurrent;
using Bot.Data.Notices;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeUse(NpgsqlDataSource db, TimeProvider clock) : INoticeUse
{
    private const int Seconds = 30;
    private const int MostKept = 100;
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(DateTimeOffset Since, string? Maker, string? Department), (DateTimeOffset Until, IReadOnlyList<NoticeUse> Used)> _kept = [];

    // Every notice of the span is read. What took long is not done again at each click.
    public async Task<IReadOnlyList<NoticeUse>> ReadAsync(DateTimeOffset since, string? maker, string? department, CancellationToken ct)
    {
        var key = (since, maker, department);
        if (_kept.TryGetValue(key, out var kept) && kept.Until > clock.GetUtcNow())
            return kept.Used;
        var began = clock.GetTimestamp();
        var used = await CountAsync(since, maker, department, ct);
        if (clock.GetElapsedTime(began) > s_long)
        {
            if (_kept.Count >= MostKept)
                _kept.Clear();
            _kept[key] = (clock.GetUtcNow() + s_kept, used);
        }

        return used;
    }

    private async Task<IReadOnlyList<NoticeUse>> CountAsync(DateTimeOffset since, string? maker, string? department, CancellationToken ct) => await db.ReadAsync(
        """
        with used as (
            select v.template, n.origin, case n.origin when 'api' then n.made_by else '' end as by, count(*)::int as notices,
                sum(y.queued)::int as queued, sum(y.sent)::int as sent, sum(y.delivered)::int as delivered, sum(y.refused)::int as refused,
                sum(y.failed)::int as failed, sum(y.cancelled)::int as cancelled
            from notice n
            join notice_tally y on y.notice_id = n.id
            join notice_template_version v on v.id = n.template_version
            where n.created_at >= @since and n.started_at is not null and n.origin <> 'test' and not n.simulated
                and (@maker::text is null or n.made_by = @maker or n.department = @department)
            group by 1, 2, 3)
        select t.code, v.title, u.origin, u.by, u.notices, u.queued, u.sent, u.delivered, u.refused, u.failed, u.cancelled
        from used u
        join notice_template t on t.id = u.template
        join notice_template_version v on v.template = t.id and v.version = t.version
        order by u.queued + u.sent + u.delivered + u.refused + u.failed + u.cancelled desc, t.code, u.by
        """,
        new { since = since.UtcDateTime, maker, department },
        row => new NoticeUse(
            row.GetString(0), row.GetString(1), NoticeSpelling.Read<NoticeOrigin>(row.GetString(2)), row.GetString(3), row.GetInt32(4),
            new(row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10))),
        ct, Seconds);
}
