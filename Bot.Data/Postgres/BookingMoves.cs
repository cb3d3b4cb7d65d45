using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Changes of bookings that are there.</summary>
internal sealed class BookingMoves(NpgsqlDataSource db, PostgresPlaces places, AppointmentPlans plans, TimeProvider clock)
{
    public Task<BookingResult> MoveAsync(Guid run, OpenId citizen, string number, Place place, CancellationToken ct) =>
        MoveAsync(run, citizen, number, place, null, ct);

    public Task<BookingResult> CancelAsync(OpenId citizen, string number, CancellationToken ct) => CancelAsync(citizen, number, anyTime: false, null, ct);

    /// <param name="whose">Null: staff move it, whatever the time.</param>
    /// <param name="also">Done in the same transaction.</param>
    public async Task<BookingResult> MoveAsync(Guid run, OpenId? whose, string number, Place place, Func<BookingChange, Task>? also, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ChangeableAsync(connection, transaction, whose, number, place, ct) is not { } old)
            return new BookingResult.NotFound();
        if (old.Booking.Place == place && old.Booking.Status == BookingStatus.Booked)
            return new BookingResult.Booked(old.Booking);                   // the same change, confirmed twice
        if (whose is not null && IsTooLate(old, now) is { } late)
            return late;
        var (why, moved, banned) = (await connection.ReadAsync(transaction,
            """
            with place as materialized (
                select * from take_place(@lock, @person, @number, @run, @service, @group, @day, @start, @startsAt, @priority, @now)),
            moved as (
                update booking set counter_group = @group, day = @day, start = @start, starts_at = @startsAt, nth = place.nth,
                    status = 'booked', moves = moves + 1, reminded = 0, assured_at = null, changed_at = @now
                from place where number = @number and place.nth is not null
                returning 1)
            select why, exists (select from moved), until, ban from place
            """,
            new
            {
                @lock = BookingSql.LockOf(old.Person), number, run, person = old.Person, service = old.Booking.Service, group = place.Group, day = place.Day, start = place.Start,
                startsAt = place.StartsAt.UtcDateTime, now = now.UtcDateTime, priority = old.Booking.Priority,
            },
            r => (r.Text(0), r.GetBoolean(1), BookingSql.BanOf(r, 2)), ct))[0];
        if (BookingSql.Why(why, plans.Current.Rules, banned) is { } refusal)
            return refusal;
        if (!moved)
            return new BookingResult.SlotFull();
        return await DoneAsync(connection, transaction, old.Booking,
            old.Booking with { Place = place, Status = BookingStatus.Booked, Moves = old.Booking.Moves + 1, AssuredAt = null }, also, ct);
    }

    /// <param name="whose">Null: staff cancel it.</param>
    /// <param name="anyTime">Also when it is too late for the citizen.</param>
    /// <param name="also">Done in the same transaction.</param>
    public async Task<BookingResult> CancelAsync(OpenId? whose, string number, bool anyTime, Func<BookingChange, Task>? also, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ChangeableAsync(connection, transaction, whose, number, null, ct) is not { } old)
            return new BookingResult.NotFound();
        if (!anyTime && IsTooLate(old, now) is { } late)
            return late;
        await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = 'cancelled', changed_at = @now where number = @number",
            new { number, now = now.UtcDateTime }, transaction, cancellationToken: ct));
        return await DoneAsync(connection, transaction, old.Booking, old.Booking with { Status = BookingStatus.Cancelled }, also, ct);
    }

    /// <summary>Gives its place back, and has it offered to whoever waits for it.</summary>
    public static async Task FreeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Booking booking, DateTimeOffset now, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "update slot set taken = taken - 1, priority_taken = priority_taken - @Priority::int where counter_group = @Group and day = @Day and start = @Start",
            new { booking.Place.Group, booking.Place.Day, booking.Place.Start, booking.Priority }, transaction, cancellationToken: ct));
        await OfferAsync(connection, transaction, booking.Place, now, ct);
    }

    public static Task OfferAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Place place, DateTimeOffset now, CancellationToken ct) =>
        OfferAsync(connection, transaction, [place], now, ct);

    /// <summary>Has what is free there offered to those who wait, now.</summary>
    public static async Task OfferAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<Place> places, DateTimeOffset now, CancellationToken ct)
    {
        if (places.Count == 0)
            return;
        var waited = await connection.ReadAsync(transaction,
            """
            select distinct counter_group, day, start from waitlist
            where (counter_group, day, start) in (select * from unnest(@groups, @days, @starts)) and status = 'waiting'
            """,
            new { groups = places.Select(p => p.Group).ToArray(), days = places.Select(p => p.Day).ToArray(), starts = places.Select(p => p.Start).ToArray() },
            r => new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), ct);
        await JobSql.RescheduleAsync(connection, transaction, [.. waited.Select(p => new NewJob(IWaitlist.JobKind, p.ToString(), $"\"{p}\"", now))], ct);
    }

    // What was to be told of the old time is not told any more.
    private async Task<BookingResult> DoneAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Booking old, Booking changed, Func<BookingChange, Task>? also, CancellationToken ct)
    {
        if (old.Status == BookingStatus.Booked)
            await FreeAsync(connection, transaction, old, clock.GetUtcNow(), ct);
        await CitizenMessageSql.CancelAsync(connection, transaction, old.ToldKeys, ct);
        if (also is not null)
            await also(new(connection, transaction, old, changed));
        await transaction.CommitAsync(ct);
        return new BookingResult.Booked(changed);
    }

    // Everybody locks in one order: the person, as a new booking does; the slots by their key; the booking, so that its changes follow each other.
    private async Task<Changeable?> ChangeableAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, OpenId? whose, string number, Place? to, CancellationToken ct)
    {
        var mine = new { number, openid = whose?.Value };
        var person = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select person from booking where number = @number and (@openid::text is null or openid = @openid)", mine, transaction, cancellationToken: ct));
        if (person is null)
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            BookingSql.LockPerson, new { @lock = BookingSql.LockOf(person) }, transaction, cancellationToken: ct));
        if (to is { } place)
            await places.EnsureAsync(connection, transaction, place, ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            select from slot
            where (counter_group, day, start) in (select counter_group, day, start from booking where number = @number union all select @Group, @Day, @Start)
            order by counter_group, day, start for update
            """, new { number, to.GetValueOrDefault().Group, to.GetValueOrDefault().Day, to.GetValueOrDefault().Start }, transaction, cancellationToken: ct));
        return (await connection.ReadAsync(transaction,
            $"""
            select {BookingSql.Columns}, r.change_minutes from booking b, booking_rules r
            where number = @number and status in ('booked', 'displaced') for update of b
            """, mine, r => new Changeable(BookingSql.Read(r), person, r.GetInt32(14)), ct)).FirstOrDefault();
    }

    // Who lost the place to a closure may choose another whenever that is.
    private static BookingResult.TooLate? IsTooLate(Changeable old, DateTimeOffset now) =>
        old.Booking.Status == BookingStatus.Booked && now > old.Booking.Place.StartsAt.AddMinutes(-old.ChangeMinutes) ? new(old.ChangeMinutes, ToChange: true) : null;

    private sealed record Changeable(Booking Booking, byte[] Person, int ChangeMinutes);
}

/// <summary>A booking before and after a change, in the transaction that makes it.</summary>
internal readonly record struct BookingChange(NpgsqlConnection Connection, NpgsqlTransaction Transaction, Booking Old, Booking New);
