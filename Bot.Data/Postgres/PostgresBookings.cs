using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;
using NpgsqlTypes;

namespace Bot.Data.Postgres;

internal sealed class PostgresBookings(
    NpgsqlDataSource db, PostgresPlaces places, BookingNumbers numbers, BookingMoves moves, IFieldCiphers ciphers, AppointmentPlans plans, TimeProvider clock) : IBookings
{
    // By position, and so sent as it stands: names would be looked for in the text at each booking.
    private const string Book =
        """
        with place as materialized (select * from take_place($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)),
        made as (
            insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth,
                name, id_number, phone, family, priority, claim, booked_at, changed_at)
            select $3, $4, $12, $5, $6, $7, $8, $9, $2, $13, nth, $14, $15, $16, $17, $10, $18, $11, $11
            from place where nth is not null
            returning 1)
        select why, until, ban, exists (select from made) from place
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
        void Give<T>(T value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        Give(BookingSql.LockOf(person), NpgsqlDbType.Bigint);
        Give(person, NpgsqlDbType.Bytea);
        Give(number, NpgsqlDbType.Text);
        Give(booking.Run, NpgsqlDbType.Uuid);
        Give(booking.Service, NpgsqlDbType.Text);
        Give(place.Group, NpgsqlDbType.Integer);
        Give(place.Day, NpgsqlDbType.Date);
        Give(place.Start, NpgsqlDbType.Time);
        Give(place.StartsAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        Give(priority, NpgsqlDbType.Boolean);
        Give(now.UtcDateTime, NpgsqlDbType.TimestampTz);
        Give(booking.Citizen.Value, NpgsqlDbType.Text);
        Give(BookingSql.PhoneOf(cipher, visitor.Phone), NpgsqlDbType.Bytea);
        Give(cipher.Seal("booking.name", row, visitor.Name), NpgsqlDbType.Bytea);
        Give(cipher.Seal("booking.id_number", row, visitor.IdNumber), NpgsqlDbType.Bytea);
        Give(cipher.Seal("booking.phone", row, visitor.Phone), NpgsqlDbType.Bytea);
        Give(visitor.Family, NpgsqlDbType.Boolean);
        Give(BookingSql.Word(booking.Claim), NpgsqlDbType.Text);
        await command.PrepareAsync(ct);
        await using var rows = await command.ExecuteReaderAsync(ct);
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
