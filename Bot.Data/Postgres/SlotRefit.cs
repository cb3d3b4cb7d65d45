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
    public static Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<int> groups, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            select from counter_group where id = any(@groups) order by id for update;
            update counter_group set version = version + 1 where id = any(@groups)
            """, new { groups = groups.ToArray() }, transaction, cancellationToken: ct));

    public static async Task<IReadOnlyList<Booking>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AppointmentPlan plan, WorkingCalendar calendar, IReadOnlyCollection<int> groups,
        DateOnly from, DateOnly to, string reason, DateTimeOffset now, CancellationToken ct)
    {
        var slots = await connection.ReadAsync(transaction,
            """
            select counter_group, day, start, capacity, taken, reserved from slot
            where counter_group = any(@groups) and day between @from and @to
            order by counter_group, day, start for update
            """, new { groups = groups.ToArray(), from, to },
            r => (Place: new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), Capacity: r.GetInt32(3), Taken: r.GetInt32(4), Reserved: r.GetInt32(5)), ct);
        List<Booking> displaced = [];
        foreach (var day in slots.GroupBy(s => (s.Place.Group, s.Place.Day)))
        {
            var group = plan.Group(day.Key.Group);
            var scheduled = group is null ? [] : plan.SlotsOn(group, day.Key.Day, calendar);
            foreach (var slot in day)
            {
                var capacity = scheduled.FirstOrDefault(s => s.Start == slot.Place.Start).Capacity;
                var reserved = Math.Min(group?.Reserved ?? 0, capacity);
                if (capacity == slot.Capacity && reserved == slot.Reserved || slot.Place.StartsAt <= now)
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

        await JobSql.EnqueueAsync(connection, transaction, [.. displaced.Select((b, i) => new NewJob(
            IAppointmentSetup.HealJobKind, $"{b.Number}:{b.Moves}", JsonSerializer.Serialize(new HealJob(b.Number, b.Moves, i, reason)), now))], ct);
        return displaced;
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
