using Bot.Data.Performance;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>One figure by month in Beijing: for all together, then for each group.</summary>
/// <param name="Now">What lies behind it has not come about.</param>
internal sealed record Monthly(NpgsqlConnection Connection, DateOnly From, DateTimeOffset Now, CancellationToken Ct)
{
    private const int Patience = 30;                        // seconds; a year of a city's tables

    /// <param name="code">Of the figure.</param>
    /// <param name="value">An aggregate over the rows, rounded to a tenth.</param>
    /// <param name="at">The instant by which a row belongs to a month.</param>
    /// <param name="of">The group that a row belongs to; null for none.</param>
    /// <param name="rows">A table <c>t</c> and its joins, and which of their rows; may use @now.</param>
    public async Task<PerformanceSeries> ReadAsync(string code, string value, string at, string of, string rows) => new(code, await Connection.ReadAsync(
        null,
        $"""
        select month, coalesce(grp, ''), round(({value})::numeric, 1)::double precision, count(*)::integer
        from (
            select date_trunc('month', ({at}) at time zone 'Asia/Shanghai')::date as month, {of} as grp, t.*
            from {rows} and ({at}) >= @From::timestamp at time zone 'Asia/Shanghai' and ({at}) <= @now
        ) t
        group by grouping sets ((month), (month, grp))
        having grouping(grp) = 1 or grp is not null
        order by month, grouping(grp) desc, 2
        """, new { From, now = Now.UtcDateTime },
        row => new PerformanceValue(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetDouble(2), row.GetInt32(3)), Ct, Patience));
}
