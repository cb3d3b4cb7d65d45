using Bot.Data.Performance;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>How current what is public was kept.</summary>
internal static class ArticlePerformance
{
    private const int Patience = 30;                        // seconds
    private const int Lapsing = 30;                         // days; a public figure means the same each month, whatever the editors' reminder is set to

    public static async Task<IReadOnlyList<PerformanceSeries>> CurrentAsync(NpgsqlConnection connection, DateOnly from, DateOnly today, CancellationToken ct)
    {
        // The pauses that a publication ended, and those that were not over when the month was, or are not today.
        var silence = await connection.ReadAsync(null,
            """
            with days as (
                select distinct c.name, (a.first_at at time zone 'Asia/Shanghai')::date as day
                from article a
                join article_version v on v.article = a.id and v.version = a.published_version
                join article_column c on c.code = v.column_code and c.active
            ), months as (
                select m::date as month, least((m + interval '1 month')::date - 1, @today) as until
                from generate_series(@from::timestamp, @today::timestamp, interval '1 month') m
            ), pauses as (
                select date_trunc('month', day)::date as month, name, day - lag(day) over (partition by name order by day) as days from days
                union all
                select m.month, d.name, m.until - max(d.day) from months m join days d on d.day <= m.until group by m.month, m.until, d.name
            )
            select month, coalesce(name, ''), max(days)::double precision, count(distinct name)::integer
            from pauses
            where month >= @from and days is not null
            group by grouping sets ((month), (month, name))
            order by month, 2
            """, new { from, today }, row => new PerformanceValue(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetDouble(2), row.GetInt32(3)), ct, Patience);
        var faults = await connection.ReadAsync(null,
            "select count(*)::integer from article_finding f join article a on a.id = f.article where a.withdrawn_at is null", new { }, row => row.GetInt32(0), ct, Patience);
        var month = new DateOnly(today.Year, today.Month, 1);
        var lapsing = await connection.ReadAsync(null,
            """
            select coalesce(kind, ''), count(*)::integer
            from (
                select '文章' as kind, v.lapses_on
                from article a join article_version v on v.article = a.id and v.version = a.published_version
                where a.withdrawn_at is null
                union all
                select '政策', lapses_on from policy where status <> 'repealed'
            ) d
            where lapses_on > @today and lapses_on <= @until
            group by grouping sets ((), (kind))
            order by 1
            """, new { today, until = today.AddDays(Lapsing) }, row => new PerformanceValue(month, row.GetString(0), row.GetInt32(1), row.GetInt32(1)), ct, Patience);
        return
        [
            new("articles.silence", silence),
            new("articles.faults", [new(month, "", faults[0], faults[0])]),
            new("documents.lapsing", lapsing),
        ];
    }
}
