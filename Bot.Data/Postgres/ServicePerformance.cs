using Bot.Data.Performance;

namespace Bot.Data.Postgres;

/// <summary>How appointments are kept, how long people wait in the halls, and how often questions find an answer.</summary>
internal static class ServicePerformance
{
    private const string Bookings = "booking t join service_item s on s.code = t.service join department d on d.code = s.department where true";
    private const string Visits = "visit t join counter_group g on g.id = t.counter_group join branch b on b.code = g.branch where t.called_at is not null";
    private static readonly string s_ratings =
        $"(select r.level, r.rated_at, v.counter_group from visit_rating r join visit v on v.id = r.visit where {PostgresRatings.NotSetAside("'visit'", "v.id")}) t join counter_group g on g.id = t.counter_group join branch b on b.code = g.branch where true";

    public static async Task<IReadOnlyList<PerformanceSeries>> ReadAsync(Monthly monthly) =>
    [
        await monthly.ReadAsync("bookings.made", "count(*)", "t.booked_at", "d.name", Bookings),
        await monthly.ReadAsync(
            "bookings.kept", "100.0 * count(*) filter (where status in ('arrived', 'served')) / count(*)", "t.starts_at", "d.name",
            $"{Bookings} and t.status in ('arrived', 'served', 'missed')"),
        await monthly.ReadAsync("visits.wait_median", "percentile_cont(0.5) within group (order by extract(epoch from called_at - came_at) / 60)", "t.came_at", "b.name", Visits),
        await monthly.ReadAsync("visits.satisfied", "100.0 * count(*) filter (where level >= 3) / count(*)", "t.rated_at", "b.name", s_ratings),
        await monthly.ReadAsync("searches.asked", "count(*)", "t.asked_at", "null::text", "policy_question t where true"),
        await monthly.ReadAsync(
            "searches.answered", "100.0 * count(*) filter (where outcome in ('shown', 'picked', 'helped')) / count(*)", "t.asked_at", "null::text", "policy_question t where true"),
    ];
}
