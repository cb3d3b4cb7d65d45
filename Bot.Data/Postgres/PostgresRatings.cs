using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Ratings;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresRatings(NpgsqlDataSource db, TimeProvider clock) : IRatings
{
    private const int SecondsToRead = 30;
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    // Others than the centre see their own department's, and no report.
    private static readonly string s_counted =
        $"""
        r.rated_at >= @from and r.rated_at < @to and (@source::text is null or r.source = @source)
        and (@centre or r.department = @department and not r.secret)
        and {NotSetAside("r.source", "r.subject")}
        """;

    /// <summary>What was set aside on an appeal counts no more, wherever ratings are counted.</summary>
    internal static string NotSetAside(string source, string subject) =>
        $"not exists (select from rating_appeal a where a.source = {source} and a.subject = {subject} and a.upheld)";

    public async Task<RatingFigures> ReadAsync(RatingGrouping by, RatingScope scope, StaffMember staff, CancellationToken ct)
    {
        var key = by switch { RatingGrouping.Department => "r.office", RatingGrouping.Service => "r.service", RatingGrouping.Person => "r.person" };
        // Those of cases are tens of thousands a month: counted once by their codes out of one index, and named afterwards.
        var figures = await db.ReadAsync(
            $"""
            with cases as (
                select c.rated_department, c.category, c.rated_person, c.rating, c.call_back_due, count(*) as n
                from case_file c
                where c.rating is not null and c.rated_at >= @from and c.rated_at < @to and (@source::text is null or @source = 'case')
                    and (@centre or c.rated_department = @department and c.kind <> 'report') and {NotSetAside("'case'", "c.id")}
                group by 1, 2, 3, 4, 5)
            select coalesce({key}, r.level::text), sum(n)::integer, coalesce(sum(n) filter (where r.level >= 3), 0)::integer, coalesce(sum(n) filter (where r.level <= 2), 0)::integer,
                coalesce(sum(n) filter (where r.waiting), 0)::integer, (sum(n * r.level) / sum(n))::double precision, grouping({key}) = 1
            from (
                select coalesce(d.name, '') as office, k.name as service, coalesce(s.display_name || '（' || s.name || '）', c.rated_person, '') as person,
                    c.rating::integer as level, c.call_back_due as waiting, c.n
                from cases c join case_category k on k.code = c.category left join department d on d.code = c.rated_department left join staff s on s.name = c.rated_person
                union all
                select r.office, r.service, r.person, r.level, r.waiting, 1 from rating r where r.source <> 'case' and {s_counted}) r
            group by grouping sets (({key}), (r.level)) order by 7 desc, 2 desc, 1 limit 205
            """, Parameters(scope, staff),
            r => (Figure: new RatingFigure(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetDouble(5)), IsLevel: r.GetBoolean(6)), ct, SecondsToRead);
        return new([.. figures.Where(f => !f.IsLevel).Select(f => f.Figure)], [.. figures.Where(f => f.IsLevel).Select(f => f.Figure)]);
    }

    public async Task<(IReadOnlyList<BadRatingRow> Rows, int Total)> BadAsync(
        RatingScope scope, BadRatingView view, StaffMember staff, int page, int size, CancellationToken ct)
    {
        var which = view switch { BadRatingView.All => "true", BadRatingView.Waiting => "r.waiting", BadRatingView.Appealed => "a.id is not null and a.decided_at is null" };
        var parameters = new DynamicParameters(Parameters(scope, staff));
        parameters.AddDynamicParams(new { size, skip = (page - 1) * size });
        var total = 0;
        // The page's keys first, those of cases out of their index; offset 0 has each of them looked up by itself, where a join would read every rating there is.
        var rows = await db.ReadAsync(
            $"""
            with page as materialized (
                select r.source, r.subject, r.rated_at, (count(*) over ())::integer as total
                from (
                    select 'case' as source, c.id as subject, c.rated_at, c.rated_department as department, c.call_back_due as waiting
                    from case_file c where c.rating <= 2 and c.kind <> 'report'
                    union all
                    select source, subject, rated_at, department, waiting from rating where source = 'visit' and level <= 2) r
                left join rating_appeal a on a.source = r.source and a.subject = r.subject
                where {which} and r.rated_at >= @from and r.rated_at < @to and (@source::text is null or r.source = @source) and (@centre or r.department = @department)
                order by r.rated_at desc, r.subject desc limit @size offset @skip)
            select r.source, r.subject, r.label, r.office, r.service, r.person, r.level, r.rated_at, r.words, r.waiting, r.called_at,
                a.id, a.asked_by, a.reason, a.upheld, a.decided_by, a.answer, p.total,
                coalesce((select display_name from staff where name = a.asked_by), a.asked_by), coalesce((select display_name from staff where name = a.decided_by), a.decided_by)
            from page p
            cross join lateral (select * from rating r where r.source = p.source and r.subject = p.subject and r.source <> 'search' offset 0) r
            left join rating_appeal a on a.source = r.source and a.subject = r.subject
            order by p.rated_at desc, p.subject desc
            """, parameters, r =>
            {
                total = r.GetInt32(17);
                return new BadRatingRow(
                    Enum.Parse<RatingSource>(r.GetString(0), true), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6),
                    r.Time(7)!.Value, r.GetString(8), r.GetBoolean(9), r.Time(10),
                    r.IsDBNull(11) ? null : new(r.GetInt64(11), r.GetString(12), r.GetString(13), r.IsDBNull(14) ? null : r.GetBoolean(14), r.Text(15), r.Text(16)) { AskedByName = r.GetString(18), DecidedByName = r.Text(19) });
            }, ct, SecondsToRead);
        return (rows, total);
    }

    public Task<bool> AppealAsync(RatingSource source, long subject, string reason, StaffMember by, CancellationToken ct) => ActAsync(
        by, "rating.appeal",
        """
        insert into rating_appeal (source, subject, asked_by, asked_at, reason)
        select r.source, r.subject, @by, @now, @reason from rating r
        where r.source = @source and r.subject = @subject and r.source <> 'search' and r.level <= 2 and not r.secret and (@centre or r.department = @department)
        on conflict (source, subject) do nothing
        returning source || ':' || subject
        """, new
        {
            source = Stored(source), subject, reason, by = by.Name, now = clock.GetUtcNow().UtcDateTime, centre = CaseRules.IsCentre(by), department = by.Department,
        }, ct);

    public Task<bool> DecideAsync(long appeal, bool upheld, string answer, StaffMember by, CancellationToken ct) => ActAsync(
        by, upheld ? "rating.uphold_appeal" : "rating.reject_appeal",
        """
        update rating_appeal set decided_by = @by, decided_at = @now, upheld = @upheld, answer = @answer
        where id = @appeal and decided_at is null and asked_by <> @by
        returning source || ':' || subject
        """, new { appeal, upheld, answer, by = by.Name, now = clock.GetUtcNow().UtcDateTime }, ct);

    private async Task<bool> ActAsync(StaffMember by, string act, string sql, object parameters, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } subject)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(by.Name, act, "rating", subject), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static object Parameters(RatingScope scope, StaffMember staff) => new
    {
        from = Start(scope.From), to = Start(scope.To.AddDays(1)), source = scope.Source is { } source ? Stored(source) : null,
        centre = CaseRules.IsCentre(staff) || staff.Is(StaffRole.Auditor), department = staff.Department,
    };

    private static string Stored(RatingSource source) => source.ToString().ToLower(CultureInfo.InvariantCulture);

    private static DateTime Start(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), s_beijing).UtcDateTime;
}
