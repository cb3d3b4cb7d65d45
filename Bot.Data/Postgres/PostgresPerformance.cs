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
            .. await NoticesAsync(connection, from, ct),
            .. await ArticlesAsync(connection, from, ct),
            .. await ArticlePerformance.CurrentAsync(connection, from, CaseClock.DayOf(clock.GetUtcNow()), ct),
        ];
    }

    private static async Task<IReadOnlyList<PerformanceSeries>> NoticesAsync(NpgsqlConnection connection, DateOnly from, CancellationToken ct)
    {
        var rows = await connection.ReadAsync(null,
            """
            select date_trunc('month', n.created_at at time zone 'Asia/Shanghai')::date,
                count(*)::int,
                (count(*) filter (where r.sent_at - greatest(n.created_at, coalesce(n.scheduled_at, n.created_at)) <= interval '10 seconds'))::int
            from notice n join notice_recipient r on r.notice_id = n.id
            where n.lane = 'single' and not n.simulated and n.origin <> 'test' and r.sent_at is not null
                and n.created_at >= @from::timestamp at time zone 'Asia/Shanghai'
            group by 1
            """, new { from }, row => (Month: row.GetFieldValue<DateOnly>(0), Sent: row.GetInt32(1), Quick: row.GetInt32(2)), ct, Patience);
        return
        [
            new("notices.sent", [.. rows.Select(r => new PerformanceValue(r.Month, "", r.Sent, r.Sent))]),
            new("notices.within_10s", [.. rows.Select(r => new PerformanceValue(r.Month, "", Share(r.Quick, r.Sent), r.Sent))]),
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
