using System.Data.Common;
using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Data.Postgres;

/// <summary>Columns of bookings, how they are read, and what the words of <c>take_place</c> mean.</summary>
internal static class BookingSql
{
    public const string Columns =
        "b.number, b.run_id, b.openid, b.service, b.counter_group, b.day, b.start, b.status, b.family, b.priority, b.moves, b.booked_at, b.claim, b.assured_at";

    /// <summary>What is set in a booking of which only its day and place are to be left.</summary>
    public const string Nobodys =
        "openid = '', name = '', id_number = '', phone = '', phone_key = sha256(''), person = sha256(convert_to(number, 'UTF8')), claim = ''";

    /// <summary>One booking of a person at a time.</summary>
    public const string LockPerson = "select pg_advisory_xact_lock(@lock)";

    public static long LockOf(byte[] person) => BitConverter.ToInt64(person);

    public static byte[] PersonOf(FieldCipher cipher, string idNumber) => cipher.LookUp("booking.person", idNumber.ToUpperInvariant());

    public static byte[] PhoneOf(FieldCipher cipher, string phone) => cipher.LookUp("booking.phone", phone);

    public static Booking Read(DbDataReader row) => new(
        row.GetString(0), row.GetGuid(1), new OpenId(row.GetString(2)), row.GetString(3),
        new(row.GetInt32(4), row.GetFieldValue<DateOnly>(5), row.GetFieldValue<TimeOnly>(6)), StatusOf(row.GetString(7)), row.GetBoolean(8), row.GetBoolean(9),
        row.GetInt32(10), row.Time(11)!.Value) { Claim = ClaimOf(row.GetString(12)), AssuredAt = row.Time(13) };

    /// <returns>Blank fields where the citizen had them erased.</returns>
    public static Visitor Open(FieldCipher cipher, Guid run, byte[] name, byte[] idNumber, byte[] phone, bool family)
    {
        var row = run.ToString("N");
        return name.Length == 0 ? new("", "", "", family)
            : new(cipher.Open("booking.name", row, name), cipher.Open("booking.id_number", row, idNumber), cipher.Open("booking.phone", row, phone), family);
    }

    /// <returns>Null for a booking that has a place.</returns>
    public static BookingResult? Why(string? refused, BookingRules rules, BookingResult.Banned? banned) => refused switch
    {
        null => null,
        "banned" => banned,
        "late" => new BookingResult.TooLate(rules.BookMinutes),
        "far" => new BookingResult.TooFar(rules.DaysAhead),
        "day" => new BookingResult.DayLimit(rules.PerDay),
        "week" => new BookingResult.WeekLimit(rules.PerWeek),
        "service" => new BookingResult.SameService(),
        "offer" => new BookingResult.NotOffered(),
        _ => new BookingResult.SlotFull(),
    };

    /// <summary>The ban in the columns until and ban; null for none.</summary>
    public static BookingResult.Banned? BanOf(DbDataReader row, int until) =>
        row.IsDBNull(until + 1) ? null : new(row.Time(until)!.Value, row.GetInt64(until + 1));

    public static string Word(PriorityClaim claim) => claim is PriorityClaim.None ? "" : claim.ToString().ToLowerInvariant();

    public static PriorityClaim ClaimOf(string word) => word.Length == 0 ? PriorityClaim.None : Enum.Parse<PriorityClaim>(word, ignoreCase: true);

    private static BookingStatus StatusOf(string word) => Enum.Parse<BookingStatus>(word, ignoreCase: true);
}
