using System.Collections.Concurrent;
using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresBookings(
    NpgsqlDataSource db, PostgresPlaces places, BookingNumbers numbers, BookingMoves moves, IFieldCiphers ciphers, AppointmentPlans plans, TimeProvider clock) : IBookings
{
    private const int AtOnce = 32;

    // Those of one queue would wait for each other's slots; what holds up one hall holds up no other.
    private readonly ConcurrentDictionary<int, Gathered<Confirmation>> _gathered = new();

    public async Task<BookingResult> BookAsync(NewBooking booking, CancellationToken ct)
    {
        var result = await ConfirmAsync(booking, ct);
        // Whoever never held a place may be the first in its slot.
        if (result is BookingResult.SlotFull && await places.EnsureAsync(booking.Place, ct))
            result = await ConfirmAsync(booking, ct);
        return StandsAgainst(result) is { } which && !await IsTheirsAsync(booking, which, ct) ? new BookingResult.Elsewhere() : result;
    }

    // Which of the person's bookings it is about; null: none.
    private static string? StandsAgainst(BookingResult result) => result switch
    {
        BookingResult.Banned => "true",
        BookingResult.SameService => "service = @Service and status = 'booked' and starts_at > @now",
        BookingResult.DayLimit => "day = @Day and status in ('booked', 'arrived', 'served', 'missed')",
        BookingResult.WeekLimit => "date_trunc('week', day) = date_trunc('week', @Day::date) and status in ('booked', 'arrived', 'served', 'missed')",
        _ => null,
    };

    // Whether one of them was made from this account.
    private async Task<bool> IsTheirsAsync(NewBooking booking, string which, CancellationToken ct) => (await db.ReadAsync(
        $"select exists (select from booking where person = @person and openid = @openid and {which})",
        new
        {
            person = BookingSql.PersonOf(await ciphers.GetAsync(ct), booking.Visitor.IdNumber), openid = booking.Citizen.Value, booking.Service, booking.Place.Day,
            now = clock.GetUtcNow().UtcDateTime,
        }, r => r.GetBoolean(0), ct))[0];

    private async Task<BookingResult> ConfirmAsync(NewBooking booking, CancellationToken ct)
    {
        var number = (await numbers.NextAsync(Place.DateOf(clock.GetUtcNow()), ct)).Text;
        var confirmation = new Confirmation(booking, number, await ciphers.GetAsync(ct));
        try
        {
            await _gathered.GetOrAdd(booking.Place.Group, _ => new(AtOnce)).AddAsync(confirmation, WriteAsync, ct);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "booking_run_id_key" })
        {
            return new BookingResult.Booked((await OfRunAsync(booking.Run, ct))!);                  // the same confirmation, at the same moment
        }
        catch (PostgresException e) when (e.ConstraintName == "booking_per_account")
        {
            return new BookingResult.AccountLimit(plans.Current.Rules.PerAccount, Waits: false);
        }

        if (confirmation.Result is BookingResult.Booked)
            return confirmation.Result;
        // The same confirmation, delivered twice, is refused for what the first one got: only whoever is refused has to look.
        return await OfRunAsync(booking.Run, ct) is { } before ? new BookingResult.Booked(before) : confirmation.Result!;
    }

    private async Task WriteAsync(IReadOnlyList<Confirmation> together)
    {
        await using var connection = await db.OpenConnectionAsync();
        await Confirmation.WriteAsync(connection, [.. together.OrderBy(c => (c.Wish.Place.Day, c.Wish.Place.Start))], plans.Current.Rules, clock.GetUtcNow());
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

    public async Task<Booking?> MissedAsync(OpenId citizen, CancellationToken ct) => (await db.ReadAsync(
        $"select {BookingSql.Columns} from booking b where openid = @openid and day = @today and status = 'missed' order by starts_at desc limit 1",
        new { openid = citizen.Value, today = Place.DateOf(clock.GetUtcNow()) }, BookingSql.Read, ct)).FirstOrDefault();

    public async Task<Visitor> VisitorAsync(Booking booking, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var sealedFields = await db.ReadAsync("select name, id_number, phone from booking where number = @Number", new { booking.Number },
            r => (r.GetFieldValue<byte[]>(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<byte[]>(2)), ct);
        var (name, idNumber, phone) = sealedFields[0];
        return BookingSql.Open(cipher, booking.Run, name, idNumber, phone, booking.Family);
    }

    private async Task<Booking?> OfRunAsync(Guid run, CancellationToken ct) => (await db.ReadAsync(
        $"select {BookingSql.Columns} from booking b where run_id = @run", new { run }, BookingSql.Read, ct)).FirstOrDefault();
}
