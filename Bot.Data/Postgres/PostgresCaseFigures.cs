using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCaseFigures(NpgsqlDataSource db, TimeProvider clock) : ICaseFigures
{
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    // A piece takes less than a tenth of a second; the reader has patience for some.
    private const int PairsAtOnce = 50;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    // Counted by day and category beforehand; what changed since is counted anew. Only what is open behind its deadline is looked up now.
    public async Task<CaseFigures> ReadAsync(DateOnly from, DateOnly to, StaffMember staff, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var left = await FoldSomeAsync(from, to, ct);
        while (left && clock.GetElapsedTime(began) < s_patience)
            left = await FoldSomeAsync(from, to, ct);
        var rows = await db.ReadAsync(
            $"""
            select day, department, category, kind, sum(filed)::integer, sum(answered)::integer, sum(timely)::integer, sum(late)::integer, sum(seconds), sum(rated)::integer, sum(content)::integer
            from (
                select day, department, category, kind, filed, answered, timely, late, seconds, rated, content from case_day where day between @from and @to
                union all
                select (filed_at at time zone 'Asia/Shanghai')::date, coalesce(department, ''), category, kind, 0, 0, 0, count(*), 0, 0, 0 from case_file
                where {CaseSql.Open} and answer_by < @now and filed_at >= @start and filed_at < @end and not late_before and (answered_at is null or answered_at <= answer_by)
                group by 1, 2, 3, 4) d
            where @centre or department = @department and kind <> 'report'
            group by day, department, category, kind
            """,
            new
            {
                now = clock.GetUtcNow().UtcDateTime, from, to, start = Start(from), end = Start(to.AddDays(1)), centre = CaseRules.IsCentre(staff), department = staff.Department ?? "",
            },
            row => new Tally(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7),
                row.GetDouble(8), row.GetInt32(9), row.GetInt32(10)), ct, seconds: 30);
        return new(Enum.GetValues<CaseGrouping>().ToDictionary(by => by, by => (IReadOnlyList<CaseFigure>)
        [
            .. rows.GroupBy(by switch
            {
                CaseGrouping.Category => (Func<Tally, string>)(t => t.Category),
                CaseGrouping.Department => t => t.Department,
                CaseGrouping.Kind => t => t.Kind,
                CaseGrouping.Day => t => t.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            }).Select(group => Sum(group.Key, [.. group])).OrderByDescending(f => f.Filed).ThenBy(f => f.Key, StringComparer.Ordinal),
        ]), !left);
    }

    public async Task FoldAsync(CancellationToken ct)
    {
        while (await FoldSomeAsync(DateOnly.MinValue, DateOnly.MaxValue, ct))
            ct.ThrowIfCancellationRequested();
    }

    private async Task<bool> FoldSomeAsync(DateOnly from, DateOnly to, CancellationToken ct) => (await db.ReadAsync(
        "select case_day_fold_some(@PairsAtOnce, @from, @to)", new { PairsAtOnce, from, to }, row => row.GetBoolean(0), ct, seconds: 30)).Single();

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
                rows.GetString(0), Enum.Parse<CaseKind>(rows.GetString(1), true), rows.GetString(2), rows.Text(3),
                Enum.Parse<CaseState>(rows.GetString(4), true), rows.Time(5)!.Value, rows.Time(6), rows.Time(7)!.Value,
                rows.Time(8), rows.Time(9), rows.GetInt16(10), rows.GetInt16(11), rows.IsDBNull(12) ? null : rows.GetInt16(12), rows.GetBoolean(13));
        }
    }

    private static CaseFigure Sum(string key, Tally[] of) => new(
        key, of.Sum(t => t.Filed), of.Sum(t => t.Answered), of.Sum(t => t.Timely), of.Sum(t => t.Late),
        of.Sum(t => t.Answered) is > 0 and var answered ? of.Sum(t => t.Seconds) / answered / TimeSpan.SecondsPerDay : null, of.Sum(t => t.Rated), of.Sum(t => t.Content));

    private static DateTime Start(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), s_beijing).UtcDateTime;

    private sealed record Tally(
        DateOnly Day, string Department, string Category, string Kind, int Filed, int Answered, int Timely, int Late, double Seconds, int Rated, int Content);
}
