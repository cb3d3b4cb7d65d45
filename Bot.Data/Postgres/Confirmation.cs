using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace Bot.Data.Postgres;

/// <summary>A wish for a place on its way to <c>book_places</c>, sealed as it will lie there.</summary>
internal sealed class Confirmation(NewBooking booking, string number, FieldCipher cipher)
{
    // By position, and so sent as it stands: names would be looked for in the text each time.
    private const string Book =
        "select why, until, ban, made from book_places($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";

    private readonly byte[] _person = BookingSql.PersonOf(cipher, booking.Visitor.IdNumber);
    private readonly byte[] _phoneKey = BookingSql.PhoneOf(cipher, booking.Visitor.Phone);
    private readonly byte[] _name = cipher.Seal("booking.name", booking.Run.ToString("N"), booking.Visitor.Name);
    private readonly byte[] _idNumber = cipher.Seal("booking.id_number", booking.Run.ToString("N"), booking.Visitor.IdNumber);
    private readonly byte[] _phone = cipher.Seal("booking.phone", booking.Run.ToString("N"), booking.Visitor.Phone);
    private readonly bool _priority = booking.HasPriority;

    public NewBooking Wish => booking;

    public string Number => number;

    /// <summary>What came of it, once it is written.</summary>
    public BookingResult? Result { get; private set; }

    /// <summary>In one transaction, all or none.</summary>
    /// <param name="wishes">Of one queue, in the order of their slots, in which everybody locks them.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<Confirmation> wishes, BookingRules rules, DateTimeOffset now)
    {
        await using var command = CommandOf(connection, wishes, now);
        await command.PrepareAsync();
        await using var rows = await command.ExecuteReaderAsync();
        foreach (var wish in wishes)
        {
            await rows.ReadAsync();
            wish.Result = rows.GetBoolean(3) ? new BookingResult.Booked(wish.Made(now))
                : BookingSql.Why(rows.Text(0), rules, BookingSql.BanOf(rows, 1)) ?? new BookingResult.SlotFull();
        }
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection connection, IReadOnlyList<Confirmation> wishes, DateTimeOffset now)
    {
        var command = new NpgsqlCommand(Book, connection);
        void Give<T>(NpgsqlDbType type, Func<Confirmation, NewBooking, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. wishes.Select(w => value(w, w.Wish))], NpgsqlDbType = NpgsqlDbType.Array | type });
        Give(NpgsqlDbType.Bigint, (w, _) => BookingSql.LockOf(w._person));
        Give(NpgsqlDbType.Bytea, (w, _) => w._person);
        Give(NpgsqlDbType.Text, (w, _) => w.Number);
        Give(NpgsqlDbType.Uuid, (_, b) => b.Run);
        Give(NpgsqlDbType.Text, (_, b) => b.Service);
        Give(NpgsqlDbType.Integer, (_, b) => b.Place.Group);
        Give(NpgsqlDbType.Date, (_, b) => b.Place.Day);
        Give(NpgsqlDbType.Time, (_, b) => b.Place.Start);
        Give(NpgsqlDbType.TimestampTz, (_, b) => b.Place.StartsAt.UtcDateTime);
        Give(NpgsqlDbType.Boolean, (w, _) => w._priority);
        Give(NpgsqlDbType.Text, (_, b) => b.Citizen.Value);
        Give(NpgsqlDbType.Bytea, (w, _) => w._phoneKey);
        Give(NpgsqlDbType.Bytea, (w, _) => w._name);
        Give(NpgsqlDbType.Bytea, (w, _) => w._idNumber);
        Give(NpgsqlDbType.Bytea, (w, _) => w._phone);
        Give(NpgsqlDbType.Boolean, (_, b) => b.Visitor.Family);
        Give(NpgsqlDbType.Text, (_, b) => BookingSql.Word(b.Claim));
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }

    private Booking Made(DateTimeOffset now) => new(
        number, booking.Run, booking.Citizen, booking.Service, booking.Place, BookingStatus.Booked, booking.Visitor.Family, _priority, 0, now) { Claim = booking.Claim };
}
