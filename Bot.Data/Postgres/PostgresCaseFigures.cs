using System.Runtime.CompilerServices;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCaseFigures(NpgsqlDataSource db, TimeProvider clock) : ICaseFigures
{
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    private static readonly string s_counted = PostgresRatings.NotSetAside("'case'", "case_file.id");

    public async Task<IReadOnlyList<CaseFigure>> ReadAsync(CaseGrouping by, DateOnly from, DateOnly to, StaffMember staff, CancellationToken ct)
    {
        var key = by switch
        {
            CaseGrouping.Category => "category",
            CaseGrouping.Department => "coalesce(department, '')",
            CaseGrouping.Kind => "kind",
            CaseGrouping.Day => "to_char(filed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')",
        };
        return await db.ReadAsync(
            $"""
            select {key}, count(*)::integer, count(answered_at)::integer, count(*) filter (where {CaseSql.InTime})::integer,
                count(*) filter (where late_before or answered_at > answer_by or (answer_by < @now and {CaseSql.Open}))::integer,
                avg(extract(epoch from answered_at - filed_at) / 86400)::double precision, count(rating) filter (where {s_counted})::integer,
                count(*) filter (where rating >= 3 and {s_counted})::integer
            from case_file
            where filed_at >= @from and filed_at < @to and (@centre or department = @department and kind <> 'report')
            group by 1 order by 2 desc, 1
            """,
            new
            {
                now = clock.GetUtcNow().UtcDateTime, from = Start(from), to = Start(to.AddDays(1)), centre = CaseRules.IsCentre(staff), department = staff.Department,
            },
            row => new CaseFigure(
                row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetDouble(5), row.GetInt32(6),
                row.GetInt32(7)), ct, seconds: 30);
    }

    public async Task<CasePromise> PromiseAsync(TimeSpan within, CancellationToken ct) => (await db.ReadAsync(
        $"""
        select open.count, open.overdue, due.count, due.missed
        from (
            select count(*)::integer, count(*) filter (where answer_by < @now and paused_at is null)::integer as overdue
            from case_file where {CaseSql.Open}) open,
        (
            select count(*)::integer, count(*) filter (where not coalesce({CaseSql.InTime}, false))::integer as missed
            from case_file
            where state in ('filed', 'accepted', 'dispatched', 'handling', 'answered', 'rating', 'closed')
                and answer_by >= @now - @within and answer_by < @now and paused_at is null) due
        """, new { within, now = clock.GetUtcNow().UtcDateTime },
        row => new CasePromise(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), ct, seconds: 30)).Single();

    public Task<IReadOnlyList<DisclosureFigure>> DisclosuresAsync(int year, CancellationToken ct) =>
        DisclosureFigures.ReadAsync(db, Start(new(year, 1, 1)), Start(new(year + 1, 1, 1)), ct);

    public async IAsyncEnumerable<CaseExportRow> ExportAsync(
        DateOnly from, DateOnly to, StaffMember staff, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(
            """
            select number, kind, category, department, state, filed_at, accepted_at, answer_by, answered_at, closed_at, dispatches, reopened, rating, anonymous
            from case_file
            where filed_at >= @from and filed_at < @to and kind <> 'report' and (@centre or department = @department)
            order by filed_at, id
            """,
            new { from = Start(from), to = Start(to.AddDays(1)), centre = CaseRules.IsCentre(staff), department = staff.Department },
            commandTimeout: 300, cancellationToken: ct));
        while (await rows.ReadAsync(ct))
        {
            yield return new(
                rows.GetString(0), Enum.Parse<CaseKind>(rows.GetString(1), true), rows.GetString(2), NoticeSql.Text(rows, 3),
                Enum.Parse<CaseState>(rows.GetString(4), true), NoticeSql.Time(rows, 5)!.Value, NoticeSql.Time(rows, 6), NoticeSql.Time(rows, 7)!.Value,
                NoticeSql.Time(rows, 8), NoticeSql.Time(rows, 9), rows.GetInt16(10), rows.GetInt16(11), rows.IsDBNull(12) ? null : rows.GetInt16(12), rows.GetBoolean(13));
        }
    }

    private static DateTime Start(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), s_beijing).UtcDateTime;
}
