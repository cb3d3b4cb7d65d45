using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPlaces(NpgsqlDataSource db, AppointmentPlans plans, CalendarLibrary calendar, TimeProvider clock) : IPlaces
{
    private const int Attempts = 3;

    // A form that goes on for longer than so many holds keeps no place any more; it may still find one.
    private const int Renewals = 3;

    public async Task<IReadOnlyList<FreeSlot>> FreeAsync(int group, DateOnly from, DateOnly to, Guid holder, CancellationToken ct)
    {
        var plan = plans.Current;
        if (plan.Group(group) is not { } counters)
            return [];
        var now = clock.GetUtcNow();
        // Most slots are untouched and have no row: the schedule says what they have.
        var touched = (await db.ReadAsync(
            """
            select day, start, slot_left(s, false, @now, @holder), slot_left(s, true, @now, @holder)
            from slot s where counter_group = @group and day between @from and @to
            """, new { group, from, to, holder, now = now.UtcDateTime },
            r => (Place: new Place(group, r.GetFieldValue<DateOnly>(0), r.GetFieldValue<TimeOnly>(1)), Free: r.GetInt32(2), All: r.GetInt32(3)), ct))
            .ToDictionary(s => s.Place, s => (s.Free, s.All));
        List<FreeSlot> free = [];
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var slot in plan.SlotsOn(counters, day, calendar.Current))
            {
                var place = new Place(group, day, slot.Start);
                if (slot.Capacity == 0 || place.StartsAt < now.AddMinutes(plan.Rules.BookMinutes))
                    continue;
                var (common, all) = touched.GetValueOrDefault(place, (Math.Max(0, slot.Capacity - counters.Reserved), slot.Capacity));
                free.Add(new(place, slot.Finish, Math.Max(0, common), Math.Max(0, all - Math.Max(0, common))));
            }
        }

        return free;
    }

    public async Task<HoldResult> HoldAsync(Guid holder, OpenId citizen, Place place, bool priority, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        // In a transaction of its own: two citizens who change over to each other's slots would wait for each other.
        await ReleaseAsync(connection, citizen, place, ct);
        return await TakeAsync(connection, holder, citizen, place, priority, ct)
            || await EnsureAsync(connection, null, place, ct) && await TakeAsync(connection, holder, citizen, place, priority, ct)
            ? HoldResult.Held : HoldResult.Gone;
    }

    public async Task ReleaseAsync(OpenId citizen, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await ReleaseAsync(connection, citizen, default, ct);
    }

    // A crash that brings a hold back does no harm: so this need not wait for the disk.
    private async Task ReleaseAsync(NpgsqlConnection connection, OpenId citizen, Place but, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var freed = await connection.ReadAsync(null,
            """
            with quickly as materialized (select set_config('synchronous_commit', 'off', true) as set),
            old as (
                delete from booking_hold using quickly where openid = @openid and (counter_group, day, start) <> (@Group, @Day, @Start) returning booking_hold.*)
            update slot s set holds = live_holds(s.holds, @now, old.holder)
            from old where (s.counter_group, s.day, s.start) = (old.counter_group, old.day, old.start)
            returning s.counter_group, s.day, s.start
            """, new { openid = citizen.Value, but.Group, but.Day, but.Start, now = now.UtcDateTime },
            r => new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), ct);
        foreach (var place in freed)
            await BookingMoves.OfferAsync(connection, null, place, now, ct);
    }

    private async Task<bool> TakeAsync(NpgsqlConnection connection, Guid holder, OpenId citizen, Place place, bool priority, CancellationToken ct) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with begun as (
                select coalesce((
                    select since from booking_hold where openid = @openid and holder = @holder and (counter_group, day, start) = (@Group, @Day, @Start)), @now) as since),
            held as (
                update slot set holds = live_holds(holds, @now, @holder)
                    || row(@holder, least(@now + make_interval(mins => r.hold_minutes), begun.since + @Renewals * make_interval(mins => r.hold_minutes)))::place_hold,
                    priority_holds = array(select p from unnest(priority_holds) p join unnest(holds) h on h.holder = p where h.until > @now and p <> @holder)
                        || case when @priority then array[@holder]::uuid[] else '{}' end
                from booking_rules r, begun
                where counter_group = @Group and day = @Day and start = @Start and @startsAt >= @now + make_interval(mins => r.book_minutes)
                  and day <= (@now at time zone 'Asia/Shanghai')::date + r.days_ahead
                  and may_take(slot, @priority, @now, @holder)
                returning begun.since)
            insert into booking_hold (openid, holder, counter_group, day, start, since)
            select @openid, @holder, @Group, @Day, @Start, since from held
            on conflict (openid) do update set holder = excluded.holder, counter_group = excluded.counter_group, day = excluded.day, start = excluded.start,
                since = excluded.since
            """,
            new
            {
                openid = citizen.Value, holder, priority, Renewals, place.Group, place.Day, place.Start, startsAt = place.StartsAt.UtcDateTime, now = clock.GetUtcNow().UtcDateTime,
            }, cancellationToken: ct)) > 0;

    /// <inheritdoc cref="EnsureAsync(NpgsqlConnection, NpgsqlTransaction?, Place, CancellationToken)"/>
    public async Task<bool> EnsureAsync(Place place, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await EnsureAsync(connection, null, place, ct);
    }

    /// <summary>Makes the slot's row as the schedule has it, if it is not there.</summary>
    /// <returns>False when the schedule has no such slot.</returns>
    public async Task<bool> EnsureAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Place place, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var plan = plans.Current;
            if (plan.Group(place.Group) is not { } group
                || plan.SlotsOn(group, place.Day, calendar.Current).FirstOrDefault(s => s.Start == place.Start) is not { Capacity: > 0 } slot)
                return false;
            // The lock keeps closures out until the row is there for them to see; the version says whether one came before us.
            var made = await connection.ReadAsync(transaction,
                """
                with current as (select id, version, reserved from counter_group where id = @Group for share),
                made as (
                    insert into slot (counter_group, day, start, finish, capacity, reserved)
                    select id, @Day, @Start, @Finish, @Capacity, least(reserved, @Capacity) from current where version = @Version
                    on conflict do nothing)
                select version = @Version from current
                """, new { place.Group, place.Day, place.Start, slot.Finish, slot.Capacity, group.Version }, r => r.GetBoolean(0), ct);
            if (made is [true])
                return true;
            calendar.Replace(await PostgresCalendarDays.ReadAsync(connection, transaction, ct));
            plans.Replace(await AppointmentPlanSql.ReadAsync(connection, transaction, Place.DateOf(clock.GetUtcNow()), ct));
        }

        return false;
    }
}
