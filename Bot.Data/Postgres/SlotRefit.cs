using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Jobs;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Fits the slots that have rows to a plan that changed. Whoever has no room any more loses the place, the last who booked first.</summary>
internal static class SlotRefit
{
    /// <summary>Call before the plan is changed: until the transaction ends nobody makes a slot by the old plan.</summary>
    /// <remarks>The lock leaves visits alone, which only refer to the group: who checks in holds the booking that we may want next.</remarks>
    public static Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<int> groups, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            select from counter_group where id = any(@groups) order by id for no key update;
            update counter_group set version = version + 1 where id = any(@groups)
            """, new { groups = groups.ToArray() }, transaction, cancellationToken: ct));

    public static async Task<IReadOnlyList<Booking>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AppointmentPlan plan, WorkingCalendar calendar, IReadOnlyCollection<int> groups,
        DateOnly from, DateOnly to, string reason, DateTimeOffset now, CancellationToken ct)
    {
        // Who is on the way to a slot that has begun may still check in for a while, and would find the hall closed.
        var over = now.AddMinutes(-plan.Rules.LateMinutes);
        await LockSlotsAsync(connection, transaction, groups, from, to, ct);
        List<Booking> displaced = [];
        if (Place.DateOf(now) is var today && from <= today && today <= to)
            displaced.AddRange(await ClosedQueues.SendAwayAsync(connection, transaction, plan, calendar, groups, reason, now, ct));
        displaced.AddRange(await UnofferedAsync(connection, transaction, groups, from, to, over, now, ct));
        var slots = await connection.ReadAsync(transaction,
            "select counter_group, day, start, capacity, taken, reserved from slot where counter_group = any(@groups) and day between @from and @to order by counter_group, day, start",
            new { groups = groups.ToArray(), from, to },
            r => (Place: new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), Capacity: r.GetInt32(3), Taken: r.GetInt32(4), Reserved: r.GetInt32(5)), ct);
        foreach (var day in slots.GroupBy(s => (s.Place.Group, s.Place.Day)))
        {
            var group = plan.Group(day.Key.Group);
            var scheduled = group is null ? [] : plan.SlotsOn(group, day.Key.Day, calendar);
            foreach (var slot in day)
            {
                var capacity = scheduled.FirstOrDefault(s => s.Start == slot.Place.Start).Capacity;
                var reserved = Math.Min(group?.Reserved ?? 0, capacity);
                // One that runs with fewer counters receives whom it has, later.
                if (capacity == slot.Capacity && reserved == slot.Reserved || slot.Place.StartsAt <= over || slot.Place.StartsAt <= now && capacity > 0)
                    continue;
                var lost = slot.Taken > capacity ? await DisplaceAsync(connection, transaction, slot.Place, slot.Taken - capacity, now, ct) : [];
                displaced.AddRange(lost);
                // Who has arrived already is received all the same, and what anybody may have and has is not reserved any more.
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    update slot set capacity = greatest(@capacity, taken - @lost), taken = taken - @lost, priority_taken = priority_taken - @priority,
                        reserved = least(@reserved, greatest(@capacity, taken - @lost) - (taken - @lost - priority_taken + @priority)),
                        holds = case when @capacity = 0 then '{}' else holds end
                    where counter_group = @Group and day = @Day and start = @Start
                    """, new { capacity, reserved, lost = lost.Count, priority = lost.Count(b => b.Priority), slot.Place.Group, slot.Place.Day, slot.Place.Start }, transaction, cancellationToken: ct));
                // Nothing to wait for is told to those who wait, as a free place is.
                if (capacity > slot.Capacity || reserved < slot.Reserved || capacity == 0)
                    await BookingMoves.OfferAsync(connection, transaction, slot.Place, now, ct);
            }
        }

        await CitizenMessageSql.CancelAsync(connection, transaction, [.. displaced.SelectMany(b => b.ToldKeys)], ct);
        await JobSql.EnqueueAsync(connection, transaction, [.. displaced.Select((b, i) => new NewJob(
            IAppointmentSetup.HealJobKind, $"{b.Number}:{b.Moves}", JsonSerializer.Serialize(new HealJob(b.Number, b.Moves, i, reason)), now))], ct);
        return displaced;
    }

    /// <summary>Gives back the places of bookings that were displaced outside of a slot's own fitting.</summary>
    public static async Task FreeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Booking> lost, CancellationToken ct)
    {
        foreach (var slot in lost.GroupBy(b => b.Place))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update slot set taken = taken - @lost, priority_taken = priority_taken - @priority where counter_group = @Group and day = @Day and start = @Start",
                new { lost = slot.Count(), priority = slot.Count(b => b.Priority), slot.Key.Group, slot.Key.Day, slot.Key.Start }, transaction, cancellationToken: ct));
        }
    }

    private static Task LockSlotsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<int> groups, DateOnly from, DateOnly to, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "select from slot where counter_group = any(@groups) and day between @from and @to order by counter_group, day, start for update",
            new { groups = groups.ToArray(), from, to }, transaction, cancellationToken: ct));

    // What the counters do not give any more, nobody comes for, and nobody waits for.
    private static async Task<IReadOnlyList<Booking>> UnofferedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<int> groups,
        DateOnly from, DateOnly to, DateTimeOffset over, DateTimeOffset now, CancellationToken ct)
    {
        const string Unoffered =
            """
            not exists (select from service_offer o join service_item i on i.code = o.service where o.service = b.service and o.counter_group = b.counter_group and i.active)
            """;
        var scope = new { groups = groups.ToArray(), from, to, over = over.UtcDateTime, now = now.UtcDateTime };
        var lost = await connection.ReadAsync(transaction,
            $"""
            update booking b set status = 'displaced', changed_at = @now
            where counter_group = any(@groups) and day between @from and @to and status = 'booked' and starts_at > @over and {Unoffered}
            returning {BookingSql.Columns}
            """, scope, BookingSql.Read, ct);
        await FreeAsync(connection, transaction, lost, ct);
        var waited = await connection.ReadAsync(transaction,
            $"select distinct b.counter_group, b.day, b.start from waitlist b where counter_group = any(@groups) and day between @from and @to and status in ('waiting', 'offered') and {Unoffered}",
            scope, r => new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), ct);
        foreach (var place in lost.Select(b => b.Place).Union(waited))
            await BookingMoves.OfferAsync(connection, transaction, place, now, ct);
        return lost;
    }

    private static async Task<IReadOnlyList<Booking>> DisplaceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Place place, int count, DateTimeOffset now, CancellationToken ct) =>
        await connection.ReadAsync(transaction,
            $"""
            update booking b set status = 'displaced', changed_at = @now
            where number in (
                select number from booking where counter_group = @Group and day = @Day and start = @Start and status = 'booked'
                order by booked_at desc, number desc limit @count)
              and status = 'booked'
            returning {BookingSql.Columns}
            """, new { place.Group, place.Day, place.Start, count, now = now.UtcDateTime }, BookingSql.Read, ct);
}
