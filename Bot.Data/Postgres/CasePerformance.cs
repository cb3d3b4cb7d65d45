using Bot.Data.Cases;
using Bot.Data.Performance;

namespace Bot.Data.Postgres;

/// <summary>How requests are served, by month and department. Of reports (举报) nothing tells where they lie.</summary>
internal static class CasePerformance
{
    private const string Files = "case_file t left join department d on d.code = t.department where true";
    private const string Department = "case when t.kind = 'report' then '举报（不分部门）' else coalesce(d.name, '受理中心') end";
    private static readonly string s_ratings = $"rating t where t.source = 'case' and {PostgresRatings.NotSetAside("t.source", "t.subject")}";
    private const string Days = "extract(epoch from answered_at - filed_at) / 86400";

    public static async Task<IReadOnlyList<PerformanceSeries>> ReadAsync(Monthly monthly)
    {
        var kinds = await monthly.ReadAsync("cases.kind", "count(*)", "t.filed_at", "t.kind", Files);
        return
        [
            await monthly.ReadAsync("cases.filed", "count(*)", "t.filed_at", Department, Files),
            kinds with { Values = [.. kinds.Values.Select(k => k with { Group = CaseWords.ReadKind(k.Group)?.Shown ?? k.Group })] },
            // A deadline at midnight belongs to the day that ends. What was refused, merged, taken back or waits for the citizen has no deadline.
            await monthly.ReadAsync(
                "cases.in_time", $"100.0 * count(*) filter (where {CaseSql.InTime}) / count(*)", "t.answer_by - interval '1 microsecond'", Department,
                $"{Files} and t.paused_at is null and (t.answered_at is not null or t.{CaseSql.Open})"),
            await monthly.ReadAsync("cases.days_median", $"percentile_cont(0.5) within group (order by {Days})", "t.answered_at", Department, Files),
            await monthly.ReadAsync("cases.days_p90", $"percentile_cont(0.9) within group (order by {Days})", "t.answered_at", Department, Files),
            await monthly.ReadAsync("cases.satisfied", "100.0 * count(*) filter (where level >= 3) / count(*)", "t.rated_at",
                "case when t.secret then '举报（不分部门）' else coalesce(nullif(t.office, ''), '受理中心') end", s_ratings),
        ];
    }
}
