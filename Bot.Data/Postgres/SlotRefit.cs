using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>
/// Fits the slots that have rows to a plan that changed. Whoever has no room any more loses the place, the last who booked first. Few statements,
/// whatever their number: confirmations wait for the slots that change, and for no others.
/// </summary>
internal static class SlotRefit
{
    // Who has arrived already is received all the same.
    private const string Lost =
        """
        select number from (
            select b.number, s.taken - f.gone - f.capacity as over,
                row_number() over (partition by b.counter_group, b.day, b.start order by b.booked_at desc, b.number desc) as nth
            from unnest(@groups, @days, @starts, @capacities, @gone) f (counter_group, day, start, capacity, gone)
            join slot s on (s.counter_group, s.day, s.start) = (f.counter_group, f.day, f.start)
            join booking b on (b.counter_group, b.day, b.start) = (f.counter_group, f.day, f.start)
            where b.status = 'booked' and s.taken - f.gone > f.capacity) ranked
        where nth <= over
        """;

    /// <summary>Call before the plan is changed: until the transaction ends nobody makes a slot by the old plan.</summary>
    /// <remarks>The lock leaves visits alone, which only refer to the group: who checks in holds the booking that we may want next.</remarks>
    public static Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<int> groups, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            select from counter_group where id = any(@groups) order by id for no key update;
            update counter_group set version = version + 1 where id = any(@groups)
            """, new { groups = groups.ToArray() }, transaction, cancellationToken: ct));

    public static async Task<IReadOnlyList<Booking>> ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RefitScope scope, CancellationToken ct)
    {
        var (fits, closed) = (await SlotFit.ReadAsync(connection, transaction, scope, ct), ClosedQueues.In(scope));
        await LockSlotsAsync(connection, transaction, scope, fits, closed, ct);
        Booking[] displaced =
        [
            .. await ClosedQueues.SendAwayAsync(connection, transaction, closed, scope, ct),
            .. scope.Services ? await UnofferedServices.DisplaceAsync(connection, transaction, scope, ct) : [],
            .. fits.Count > 0 ? await FitAsync(connection, transaction, fits, scope.Now, ct) : [],
        ];
        var batch = Guid.NewGuid().ToString("N");
        await CitizenMessageSql.CancelAsync(connection, transaction, [.. displaced.SelectMany(b => b.ToldKeys)], ct);
        await JobSql.EnqueueAsync(connection, transaction, [.. displaced.Select((b, i) => new NewJob(
            IAppointmentSetup.HealJobKind, $"{b.Number}:{b.Moves}", JsonSerializer.Serialize(new HealJob(b.Number, b.Moves, i, scope.Reason, batch)), scope.Now))], ct);
        return displaced;
    }

    /// <summary>Whom it would displace. Locks nothing.</summary>
    public static async Task<IReadOnlyList<Booking>> PreviewAsync(NpgsqlConnection connection, RefitScope scope, CancellationToken ct)
    {
        var fits = await SlotFit.ReadAsync(connection, null, scope, ct);
        var away = await ClosedQueues.WhoAsync(connection, ClosedQueues.In(scope), scope, ct);
        var gone = away.ToLookup(b => b.Place);
        return
        [
            .. away,
            .. await connection.ReadAsync(null, $"select {BookingSql.Columns} from booking b where number in ({Lost}) order by counter_group, day, start, booked_at",
                Parameters(fits, [.. fits.Select(f => gone[f.Place].Count())], scope.Now), BookingSql.Read, ct),
        ];
    }

    /// <summary>Gives back the places of bookings that were displaced outside of a slot's own fitting.</summary>
    public static Task FreeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Booking> lost, CancellationToken ct)
    {
        var slots = lost.GroupBy(b => b.Place).ToArray();
        return connection.ExecuteAsync(new CommandDefinition(
            """
            update slot s set taken = s.taken - f.lost, priority_taken = s.priority_taken - f.priority
            from unnest(@groups, @days, @starts, @lost, @priority) f (counter_group, day, start, lost, priority)
            where (s.counter_group, s.day, s.start) = (f.counter_group, f.day, f.start)
            """,
            new
            {
                groups = slots.Select(s => s.Key.Group).ToArray(), days = slots.Select(s => s.Key.Day).ToArray(), starts = slots.Select(s => s.Key.Start).ToArray(),
                lost = slots.Select(s => s.Count()).ToArray(), priority = slots.Select(s => s.Count(b => b.Priority)).ToArray(),
            }, transaction, cancellationToken: ct));
    }

    // What is being confirmed for a service that ends is seen behind the lock of its slot, wherever that is.
    private static Task LockSlotsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RefitScope scope, IReadOnlyList<SlotFit> fits,
        IReadOnlyList<ClosedQueue> closed, CancellationToken ct) => connection.ExecuteAsync(new CommandDefinition(
            $"""
            select from slot s
            where (s.counter_group, s.day, s.start) in (
                select * from unnest(@groups, @days, @starts)
                union all select counter_group, day, start from slot where counter_group = any(@closed) and day = @Today
                {(scope.Services ? "union all select counter_group, day, start from slot where counter_group = any(@all) and day between @From and @To" : "")})
            order by s.counter_group, s.day, s.start for update
            """,
            new
            {
                groups = fits.Select(f => f.Place.Group).ToArray(), days = fits.Select(f => f.Place.Day).ToArray(), starts = fits.Select(f => f.Place.Start).ToArray(),
                closed = closed.Select(c => c.Group).ToArray(), scope.Today, all = scope.Groups.ToArray(), scope.From, scope.To,
            }, transaction, cancellationToken: ct));

    private static async Task<IReadOnlyList<Booking>> FitAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<SlotFit> fits, DateTimeOffset now, CancellationToken ct)
    {
        var lost = await connection.ReadAsync(transaction,
            $"update booking b set status = 'displaced', changed_at = @now where number in ({Lost}) and status = 'booked' returning {BookingSql.Columns}",
            Parameters(fits, new int[fits.Count], now), BookingSql.Read, ct);
        var places = lost.ToLookup(b => b.Place);
        // What anybody may have and has is not reserved any more.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update slot s set capacity = greatest(f.capacity, s.taken - f.lost), taken = s.taken - f.lost, priority_taken = s.priority_taken - f.priority,
                reserved = least(f.reserved, greatest(f.capacity, s.taken - f.lost) - (s.taken - f.lost - s.priority_taken + f.priority)),
                holds = case when f.capacity = 0 then '{}' else s.holds end
            from unnest(@groups, @days, @starts, @capacities, @reserved, @lost, @priority) f (counter_group, day, start, capacity, reserved, lost, priority)
            where (s.counter_group, s.day, s.start) = (f.counter_group, f.day, f.start)
            """,
            new
            {
                groups = fits.Select(f => f.Place.Group).ToArray(), days = fits.Select(f => f.Place.Day).ToArray(), starts = fits.Select(f => f.Place.Start).ToArray(),
                capacities = fits.Select(f => f.Capacity).ToArray(), reserved = fits.Select(f => f.Reserved).ToArray(),
                lost = fits.Select(f => places[f.Place].Count()).ToArray(), priority = fits.Select(f => places[f.Place].Count(b => b.Priority)).ToArray(),
            }, transaction, cancellationToken: ct));
        await BookingMoves.OfferAsync(connection, transaction, [.. fits.Where(f => f.Wakes).Select(f => f.Place)], now, ct);
        return [.. lost.OrderBy(b => (b.Place.Group, b.Place.Day, b.Place.Start, b.BookedAt))];
    }

    private static object Parameters(IReadOnlyList<SlotFit> fits, int[] gone, DateTimeOffset now) => new
    {
        groups = fits.Select(f => f.Place.Group).ToArray(), days = fits.Select(f => f.Place.Day).ToArray(), starts = fits.Select(f => f.Place.Start).ToArray(),
        capacities = fits.Select(f => f.Capacity).ToArray(), gone, now = now.UtcDateTime,
    };
}
