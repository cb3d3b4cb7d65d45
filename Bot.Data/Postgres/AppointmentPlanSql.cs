using Bot.Data.Appointments;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Reads what is offered, whole: some hundred rows.</summary>
internal static class AppointmentPlanSql
{
    public static async Task<AppointmentPlan> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, DateOnly today, CancellationToken ct)
    {
        var branches = await connection.ReadAsync(transaction,
            "select code, department, name, address, transport, phone, latitude, longitude, active from branch", new { },
            r => new Branch(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5),
                r.IsDBNull(6) ? null : r.GetDouble(6), r.IsDBNull(7) ? null : r.GetDouble(7), r.GetBoolean(8)), ct);
        var services = await connection.ReadAsync(transaction,
            "select code, department, name, aliases, guide, minutes, position, active from service_item", new { },
            r => new ServiceItem(r.GetString(0), r.GetString(1), r.GetString(2), r.GetFieldValue<string[]>(3), r.GetString(4), r.GetInt32(5),
                r.GetInt32(6), r.GetBoolean(7)), ct);
        var openings = (await connection.ReadAsync(transaction,
            "select counter_group, weekday, opens, closes, counters from opening", new { },
            r => (Group: r.GetInt32(0), Opening: new Opening((DayOfWeek)r.GetInt16(1), r.GetFieldValue<TimeOnly>(2), r.GetFieldValue<TimeOnly>(3), r.GetInt32(4))),
            ct)).ToLookup(o => o.Group, o => o.Opening);
        var offers = (await connection.ReadAsync(transaction,
            "select counter_group, service from service_offer order by service", new { }, r => (Group: r.GetInt32(0), Service: r.GetString(1)), ct))
            .ToLookup(o => o.Group, o => o.Service);
        var counters = (await connection.ReadAsync(transaction,
            "select counter_group, name from counter where active order by char_length(name), name", new { }, r => (Group: r.GetInt32(0), Name: r.GetString(1)), ct))
            .ToLookup(c => c.Group, c => c.Name);
        var groups = await connection.ReadAsync(transaction,
            "select id, branch, name, letter, slot_minutes, per_counter, version, active, reserved from counter_group", new { },
            r => new CounterGroup(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetBoolean(7))
            {
                Reserved = r.GetInt32(8), Openings = [.. openings[r.GetInt32(0)]], Services = [.. offers[r.GetInt32(0)]], Counters = [.. counters[r.GetInt32(0)]],
            }, ct);
        var closures = await ClosuresAsync(connection, transaction, today, ct);
        var rules = await connection.ReadAsync(transaction,
            """
            select per_day, per_week, one_per_service, days_ahead, book_minutes, change_minutes, hold_minutes, offer_minutes, early_minutes,
                late_minutes, no_shows, ban_days, per_account, waits_per_account, offers_from, offers_until, people_per_day
            from booking_rules
            """, new { },
            r => new BookingRules
            {
                PerDay = r.GetInt32(0), PerWeek = r.GetInt32(1), OnePerService = r.GetBoolean(2), DaysAhead = r.GetInt32(3), BookMinutes = r.GetInt32(4),
                ChangeMinutes = r.GetInt32(5), HoldMinutes = r.GetInt32(6), OfferMinutes = r.GetInt32(7), EarlyMinutes = r.GetInt32(8),
                LateMinutes = r.GetInt32(9), NoShows = r.GetInt32(10), BanDays = r.GetInt32(11), PerAccount = r.GetInt32(12), WaitsPerAccount = r.GetInt32(13),
                OffersFrom = r.GetFieldValue<TimeOnly>(14), OffersUntil = r.GetFieldValue<TimeOnly>(15), PeoplePerDay = r.GetInt32(16),
            }, ct);
        return new(branches, services, groups, closures, rules[0]);
    }

    public static async Task<IReadOnlyList<Closure>> ClosuresAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, DateOnly today, CancellationToken ct) =>
        await connection.ReadAsync(transaction,
            """
            select id, branch, counter_group, from_day, to_day, from_time, to_time, counters, reason
            from closure where lifted_at is null and to_day >= @today order by from_day, id
            """, new { today }, ReadClosure, ct);

    private static Closure ReadClosure(System.Data.Common.DbDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetInt32(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<DateOnly>(4),
        r.IsDBNull(5) ? null : r.GetFieldValue<TimeOnly>(5), r.IsDBNull(6) ? null : r.GetFieldValue<TimeOnly>(6), r.Number(7), r.GetString(8));
}
