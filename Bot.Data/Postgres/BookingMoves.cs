using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Changes of bookings that are there.</summary>
internal sealed class BookingMoves(NpgsqlDataSource db, PostgresPlaces places, AppointmentPlans plans, TimeProvider clock)
{
    public async Task<BookingResult> MoveAsync(Guid run, OpenId citizen, string number, Place place, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ChangeableAsync(connection, transaction, citizen, number, ct) is not { } old)
            return new BookingResult.NotFound();
        if (old.Booking.Place == place && old.Booking.Status == BookingStatus.Booked)
            return new BookingResult.Booked(old.Booking);                   // the same change, confirmed twice
        if (old.Booking.Status == BookingStatus.Booked && IsTooLate(old.Booking.Place, now) is { } late)
            return late;
        await places.EnsureAsync(connection, transaction, place, ct);
        // Both slots in one order, so that two who change over do not wait for each other.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            select from slot where (counter_group, day, start) in ((@Group, @Day, @Start), (@oldGroup, @oldDay, @oldStart))
            order by counter_group, day, start for update
            """,
            new
            {
                place.Group, place.Day, place.Start, oldGroup = old.Booking.Place.Group, oldDay = old.Booking.Place.Day, oldStart = old.Booking.Place.Start,
            }, transaction, cancellationToken: ct));
        var (why, moved, banned) = (await connection.ReadAsync(transaction,
            $"""
            with {BookingSql.Refused},
            place as (
                update slot set taken = taken + 1, holds = live_holds(holds, @now, @run)
                where counter_group = @group and day = @day and start = @start and (select why from refused) is null
                  and taken + cardinality(live_holds(holds, @now, @run)) < capacity
                returning 1),
            moved as (
                update booking set counter_group = @group, day = @day, start = @start, starts_at = @startsAt, nth = {BookingSql.Nth},
                    status = 'booked', moves = moves + 1, reminded = 0, assured_at = null, changed_at = @now
                from place, rule r where number = @number
                returning 1)
            select (select why from refused), exists (select from moved), (select max(until) from booking_ban where person = @person and not lifted)
            """,
            new
            {
                number, run, old.Person, person = old.Person, service = old.Booking.Service, group = place.Group, day = place.Day, start = place.Start,
                startsAt = place.StartsAt.UtcDateTime, now = now.UtcDateTime,
            },
            r => (NoticeSql.Text(r, 0), r.GetBoolean(1), NoticeSql.Time(r, 2)), ct))[0];
        if (BookingSql.Why(why, plans.Current.Rules, banned) is { } refusal)
            return refusal;
        if (!moved)
            return new BookingResult.SlotFull();
        if (old.Booking.Status == BookingStatus.Booked)
            await FreeAsync(connection, transaction, old.Booking.Place, now, ct);
        await transaction.CommitAsync(ct);
        return new BookingResult.Booked(old.Booking with { Place = place, Status = BookingStatus.Booked, Moves = old.Booking.Moves + 1 });
    }

    public async Task<BookingResult> CancelAsync(OpenId citizen, string number, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ChangeableAsync(connection, transaction, citizen, number, ct) is not { } old)
            return new BookingResult.NotFound();
        if (old.Booking.Status == BookingStatus.Booked && IsTooLate(old.Booking.Place, now) is { } late)
            return late;
        await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = 'cancelled', changed_at = @now where number = @number",
            new { number, now = now.UtcDateTime }, transaction, cancellationToken: ct));
        if (old.Booking.Status == BookingStatus.Booked)
            await FreeAsync(connection, transaction, old.Booking.Place, now, ct);
        await transaction.CommitAsync(ct);
        return new BookingResult.Booked(old.Booking with { Status = BookingStatus.Cancelled });
    }

    /// <summary>Gives one place back, and has it offered to whoever waits for it.</summary>
    public static async Task FreeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Place place, DateTimeOffset now, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "update slot set taken = taken - 1 where counter_group = @Group and day = @Day and start = @Start",
            new { place.Group, place.Day, place.Start }, transaction, cancellationToken: ct));
        await OfferAsync(connection, transaction, place, now, ct);
    }

    public static async Task OfferAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Place place, DateTimeOffset now, CancellationToken ct)
    {
        var waited = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from waitlist where counter_group = @Group and day = @Day and start = @Start and status = 'waiting')",
            new { place.Group, place.Day, place.Start }, transaction, cancellationToken: ct));
        if (waited)
            await JobSql.RescheduleAsync(connection, transaction, new NewJob(IWaitlist.JobKind, place.ToString(), $"\"{place}\"", now), ct);
    }

    // The person is locked first, as a new booking does; the booking then, so that two changes of it follow each other.
    private static async Task<(Booking Booking, byte[] Person)?> ChangeableAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, OpenId citizen, string number, CancellationToken ct)
    {
        var person = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select person from booking where number = @number and openid = @openid", new { number, openid = citizen.Value }, transaction, cancellationToken: ct));
        if (person is null)
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            BookingSql.LockPerson, new { @lock = BookingSql.LockOf(person) }, transaction, cancellationToken: ct));
        var booking = (await connection.ReadAsync(transaction,
            $"select {BookingSql.Columns} from booking b where number = @number and status in ('booked', 'displaced') for update",
            new { number }, BookingSql.Read, ct)).FirstOrDefault();
        return booking is null ? null : (booking, person);
    }

    private BookingResult.TooLate? IsTooLate(Place place, DateTimeOffset now) =>
        now > place.StartsAt.AddMinutes(-plans.Current.Rules.ChangeMinutes) ? new(plans.Current.Rules.ChangeMinutes) : null;
}
