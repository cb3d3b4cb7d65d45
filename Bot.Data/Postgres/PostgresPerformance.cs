using System.Data.Common;
using Bot.Data.Calendar;
using Bot.Data.Cases;
using Bot.Data.Performance;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPerformance(NpgsqlDataSource db, CalendarLibrary calendar, TimeProvider clock) : IPerformance
{
    private const int Patience = 30;                        // seconds; a year of a city's tables

    public async Task<IReadOnlyList<PerformanceSeries>> ReadAsync(DateOnly from, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        Monthly monthly = new(connection, from, clock.GetUtcNow(), ct);
        return
        [
            .. await CasePerformance.ReadAsync(monthly),
            .. await ServicePerformance.ReadAsync(monthly),
            .. await NoticesAsync(connection, from, clock.GetUtcNow(), ct),
            .. await ArticlesAsync(connection, from, ct),
            .. await ArticlePerformance.CurrentAsync(connection, from, CaseClock.DayOf(clock.GetUtcNow()), ct),
        ];
    }

    private static async Task<IReadOnlyList<PerformanceSeries>> NoticesAsync(NpgsqlConnection connection, DateOnly from, DateTimeOffset now, CancellationToken ct)
    {
        // What never left was not quick. What WeChat refused it was handed; whatever was cancelled, such as for those who want none, was not due.
        var rows = await connection.ReadAsync(null,
            """
            select date_trunc('month', created_at at time zone 'Asia/Shanghai')::date, count(*)::int, count(handed)::int,
                (count(*) filter (where handed - due <= interval '10 seconds'))::int
            from (
                select n.created_at, greatest(n.created_at, n.approved_at, n.scheduled_at) as due, coalesce(r.sent_at, case when r.status = 'refused' then r.finished_at end) as handed
                from notice n join notice_recipient r on r.notice_id = n.id
                where n.lane = 'single' and not n.simulated and n.origin <> 'test' and n.status not in ('draft', 'submitted', 'cancelled') and r.status <> 'cancelled'
                    and n.created_at >= @from::timestamp at time zone 'Asia/Shanghai'
            ) s
            where handed is not null or due < @now - interval '10 seconds'
            group by 1
            """, new { from, now = now.UtcDateTime },
            row => (Month: row.GetFieldValue<DateOnly>(0), Due: row.GetInt32(1), Sent: row.GetInt32(2), Quick: row.GetInt32(3)), ct, Patience);
        return
        [
            new("notices.sent", [.. rows.Select(r => new PerformanceValue(r.Month, "", r.Sent, r.Sent))]),
            new("notices.within_10s", [.. rows.Select(r => new PerformanceValue(r.Month, "", Share(r.Quick, r.Due), r.Due))]),
        ];
    }

    private async Task<IReadOnlyList<PerformanceSeries>> ArticlesAsync(NpgsqlConnection connection, DateOnly from, CancellationToken ct)
    {
        var rows = await connection.ReadAsync(null,
            """
            select (a.first_at at time zone 'Asia/Shanghai')::date, c.name, c.publish_within, v.made_on
            from article a
            join article_version v on v.article = a.id and v.version = a.published_version
            join article_column c on c.code = v.column_code
            where a.first_at >= @from::timestamp at time zone 'Asia/Shanghai'
            """, new { from }, ReadArticle, ct, Patience);
        var dated = rows.Where(r => r.MadeOn is not null).ToArray();
        return
        [
            new("articles.published", Counted(rows, r => r.Day, r => r.Column)),
            new("articles.in_time", Shares(dated, r => r.Day, r => r.Column, r => calendar.Current.WorkingDaysBetween(r.MadeOn!.Value, r.Day) <= r.Within)),
        ];
    }

    private static Published ReadArticle(DbDataReader row) => new(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetInt16(2), ArticleSql.Date(row, 3));

    // By month for all together, then for each group.
    private static IReadOnlyList<PerformanceValue> Counted<T>(IReadOnlyCollection<T> rows, Func<T, DateOnly> day, Func<T, string> group) =>
        By(rows, day, group, held => held.Count);

    private static IReadOnlyList<PerformanceValue> Shares<T>(
        IReadOnlyCollection<T> rows, Func<T, DateOnly> day, Func<T, string> group, Func<T, bool> isSo) =>
        By(rows, day, group, held => Share(held.Count(isSo), held.Count));

    private static IReadOnlyList<PerformanceValue> By<T>(
        IReadOnlyCollection<T> rows, Func<T, DateOnly> day, Func<T, string> group, Func<IReadOnlyList<T>, double> value) =>
    [
        .. rows.SelectMany(row => new[] { (Row: row, Group: ""), (Row: row, Group: group(row)) })
            .GroupBy(r => (Month: MonthOf(day(r.Row)), r.Group))
            .OrderBy(g => g.Key.Month).ThenBy(g => g.Key.Group, StringComparer.Ordinal)
            .Select(g => g.Select(r => r.Row).ToArray() is var held ? new PerformanceValue(g.Key.Month, g.Key.Group, value(held), held.Length) : null!),
    ];

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Round(100.0 * part / whole, 1);

    private sealed record Published(DateOnly Day, string Column, int Within, DateOnly? MadeOn);
}
