using Bot.Data.Cases;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>What the yearly report on requests for information counts.</summary>
internal static class DisclosureFigures
{
    public static async Task<IReadOnlyList<DisclosureFigure>> ReadAsync(NpgsqlDataSource db, DateTime from, DateTime to, CancellationToken ct) => await db.ReadAsync(
        """
        with request as (
            select applicant, case when state = 'withdrawn' then 'withdrawn' else decision end as decision, filed_at, closed_at, answered_at, answer_by
            from case_file where kind = 'disclosure' and filed_at < @to and (closed_at is null or closed_at >= @from)
        )
        select 'new', applicant, count(*)::integer from request where filed_at >= @from group by 2
        union all select 'carried', applicant, count(*)::integer from request where filed_at < @from group by 2
        union all select 'left', applicant, count(*)::integer from request where closed_at is null or closed_at >= @to group by 2
        union all select 'answered', applicant, count(*)::integer from request where closed_at < @to and answered_at is not null group by 2
        union all select 'in-time', applicant, count(*)::integer from request where closed_at < @to and answered_at <= answer_by group by 2
        union all select decision, applicant, count(*)::integer from request where closed_at < @to and decision is not null group by 1, 2
        """, new { from, to }, row => new DisclosureFigure(row.GetString(0), row.GetString(1), row.GetInt32(2)), ct, seconds: 30);
}
