using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;
using NpgsqlTypes;

namespace Bot.Data.Postgres;

internal sealed class PostgresBookings(
    NpgsqlDataSource db, PostgresPlaces places, BookingNumbers numbers, BookingMoves moves, IFieldCiphers ciphers, AppointmentPlans plans, TimeProvider clock) : IBookings
{
    // Two statements, one transaction, one trip: the second sees what the person's booking before this one committed.
    private const string Book =
        $"""
        {BookingSql.LockPerson};
        with {BookingSql.Asked},
        {BookingSql.TakePlace},
        made as (
            insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth,
                name, id_number, phone, family, priority, claim, booked_at, changed_at)
            select @number, @run, @openid, @service, @group, @day, @start, @startsAt, @person, @phoneKey, nth,
                @name, @idNumber, @phone, @family, @priority, @claim, @now, @now
            from place
            returning 1)
        select why, until, ban, exists (select from made) from asked
        """;

    public async Task<BookingResult> BookAsync(NewBooking booking, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var number = (await numbers.NextAsync(Place.DateOf(now), ct)).Text;
        var cipher = await ciphers.GetAsync(ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        try
        {
            var result = await TryAsync(connection, booking, number, cipher, now, ct);
            // Whoever never held a place may be the first in its slot.
            return result is BookingResult.SlotFull && await places.EnsureAsync(connection, null, booking.Place, ct)
                ? await TryAsync(connection, booking, number, cipher, now, ct) : result;
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "booking_run_id_key" })
        {
            return new BookingResult.Booked((await OfRunAsync(connection, booking.Run, ct))!);       // the same confirmation, at the same moment
        }
    }

    private async Task<BookingResult> TryAsync(
        NpgsqlConnection connection, NewBooking booking, string number, FieldCipher cipher, DateTimeOffset now, CancellationToken ct)
    {
        var (place, visitor) = (booking.Place, booking.Visitor);
        var person = BookingSql.PersonOf(cipher, visitor.IdNumber);
        var (row, priority) = (booking.Run.ToString("N"), BookingSql.HasPriority(booking));
        await using var command = new NpgsqlCommand(Book, connection);
        void Give<T>(string name, T value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter<T>(name, type) { TypedValue = value });
        Give("lock", BookingSql.LockOf(person), NpgsqlDbType.Bigint);
        Give("number", number, NpgsqlDbType.Text);
        Give("run", booking.Run, NpgsqlDbType.Uuid);
        Give("openid", booking.Citizen.Value, NpgsqlDbType.Text);
        Give("service", booking.Service, NpgsqlDbType.Text);
        Give("group", place.Group, NpgsqlDbType.Integer);
        Give("day", place.Day, NpgsqlDbType.Date);
        Give("start", place.Start, NpgsqlDbType.Time);
        Give("startsAt", place.StartsAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        Give("now", now.UtcDateTime, NpgsqlDbType.TimestampTz);
        Give("person", person, NpgsqlDbType.Bytea);
        Give("phoneKey", BookingSql.PhoneOf(cipher, visitor.Phone), NpgsqlDbType.Bytea);
        Give("name", cipher.Seal("booking.name", row, visitor.Name), NpgsqlDbType.Bytea);
        Give("idNumber", cipher.Seal("booking.id_number", row, visitor.IdNumber), NpgsqlDbType.Bytea);
        Give("phone", cipher.Seal("booking.phone", row, visitor.Phone), NpgsqlDbType.Bytea);
        Give("family", visitor.Family, NpgsqlDbType.Boolean);
        Give("priority", priority, NpgsqlDbType.Boolean);
        Give("claim", BookingSql.Word(booking.Claim), NpgsqlDbType.Text);
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        await rows.ReadAsync(ct);
        var (why, banned, made) = (NoticeSql.Text(rows, 0), BookingSql.BanOf(rows, 1), rows.GetBoolean(3));
        await rows.DisposeAsync();
        if (made)
            return new BookingResult.Booked(new(number, booking.Run, booking.Citizen, booking.Service, place, BookingStatus.Booked, visitor.Family, priority, 0, now) { Claim = booking.Claim });
        // The same confirmation, delivered twice, is refused for what the first one got: only whoever is refused has to look.
        return await OfRunAsync(connection, booking.Run, ct) is { } before
            ? new BookingResult.Booked(before) : BookingSql.Why(why, plans.Current.Rules, banned) ?? new BookingResult.SlotFull();
    }

    public Task<BookingResult> MoveAsync(Guid run, OpenId citizen, string number, Place place, CancellationToken ct) =>
        moves.MoveAsync(run, citizen, number, place, ct);

    public Task<BookingResult> CancelAsync(OpenId citizen, string number, CancellationToken ct) => moves.CancelAsync(citizen, number, ct);

    public async Task<bool> AssureAsync(OpenId citizen, string number, CancellationToken ct) => await db.RunAsync(
        """
        update booking set assured_at = coalesce(assured_at, @now)
        where number = @number and openid = @openid and status = 'booked' and starts_at > @now
        """, new { number, openid = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, ct) > 0;

    public async Task<Booking?> FindAsync(string number, CancellationToken ct) => (await db.ReadAsync(
        $"select {BookingSql.Columns} from booking b where number = @number", new { number }, BookingSql.Read, ct)).FirstOrDefault();

    public async Task<IReadOnlyList<Booking>> OpenAsync(OpenId citizen, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {BookingSql.Columns} from booking b
        where openid = @openid and (day >= @today and status in ('booked', 'arrived') or day >= @today - @Unsolved and status = 'displaced')
        order by starts_at, number limit 50
        """, new { openid = citizen.Value, today = Place.DateOf(clock.GetUtcNow()), Unsolved = IAppointmentSetup.UnsolvedDays }, BookingSql.Read, ct);

    public async Task<Visitor> VisitorAsync(Booking booking, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var sealedFields = await db.ReadAsync("select name, id_number, phone from booking where number = @Number", new { booking.Number },
            r => (r.GetFieldValue<byte[]>(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<byte[]>(2)), ct);
        var (name, idNumber, phone) = sealedFields[0];
        return BookingSql.Open(cipher, booking.Run, name, idNumber, phone, booking.Family);
    }

    private static async Task<Booking?> OfRunAsync(NpgsqlConnection connection, Guid run, CancellationToken ct) => (await connection.ReadAsync(null,
        $"select {BookingSql.Columns} from booking b where run_id = @run", new { run }, BookingSql.Read, ct)).FirstOrDefault();
}
