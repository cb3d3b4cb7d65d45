using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresDeskBookings(NpgsqlDataSource db, BookingMoves moves, TimeProvider clock) : IDeskBookings
{
    public Task<BookingResult> MoveAsync(
        string number, Place place, string reason, StaffMember actor, Func<Booking, Booking, NewCitizenMessage> words, CancellationToken ct) =>
        moves.MoveAsync(Guid.NewGuid(), null, number, place,
            change => TellAsync(change.Connection, change.Transaction, change.New, "booking.move", reason, actor, () => words(change.Old, change.New), ct), ct);

    public async Task<bool> CancelAsync(string number, string reason, StaffMember actor, Func<Booking, NewCitizenMessage> words, CancellationToken ct) =>
        await moves.CancelAsync(null, number, anyTime: true,
            change => TellAsync(change.Connection, change.Transaction, change.New, "booking.cancel", reason, actor, () => words(change.New), ct), ct) is BookingResult.Booked;

    public async Task<bool> ForgiveAsync(string number, string reason, StaffMember actor, Func<Booking, NewCitizenMessage> words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // The slot before the booking, as everybody locks them.
        await connection.ExecuteAsync(new CommandDefinition(
            "select from slot where (counter_group, day, start) = (select counter_group, day, start from booking where number = @number) for update",
            new { number }, transaction, cancellationToken: ct));
        if (await connection.ReadAsync(transaction,
            $"update booking b set status = 'cancelled', changed_at = @now where number = @number and status = 'missed' returning {BookingSql.Columns}",
            new { number, now = now.UtcDateTime }, BookingSql.Read, ct) is not [var booking])
            return false;
        await BookingMoves.FreeAsync(connection, transaction, booking, now, ct);
        await BanSql.UndoAsync(connection, transaction, number, reason, actor, now, ct);
        await TellAsync(connection, transaction, booking, "booking.forgive", reason, actor, () => words(booking), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static async Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Booking booking, string act, string reason, StaffMember actor,
        Func<NewCitizenMessage> words, CancellationToken ct)
    {
        // Erased meanwhile: nobody to tell.
        if (booking.Citizen.Value.Length > 0)
            await CitizenMessageSql.AddAsync(connection, transaction, words(), ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, act, "booking", booking.Number)
        {
            Details = new Dictionary<string, string?> { ["reason"] = reason },
        }, ct);
    }
}
