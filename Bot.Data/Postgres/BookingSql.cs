using System.Data.Common;
using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Data.Postgres;

/// <summary>Columns of bookings, how they are read, and the limits that every change obeys.</summary>
internal static class BookingSql
{
    public const string Columns =
        "b.number, b.run_id, b.openid, b.service, b.counter_group, b.day, b.start, b.status, b.family, b.priority, b.moves, b.booked_at";

    /// <summary>
    /// Why a person may not have a place: one row with one word, or null. Whoever asks holds <see cref="LockPerson"/>, in a statement
    /// before, so that two bookings of one person see each other.
    /// </summary>
    /// <remarks>Parameters: number (the booking that changes), person, service, group, day, startsAt, now.</remarks>
    public const string Refused =
        """
        rule as materialized (select * from booking_rules),
        mine as materialized (
            select day, nth, service, status, starts_at from booking
            where person = @person and number <> @number and status in ('booked', 'arrived', 'served', 'missed')),
        refused as materialized (
            select case
                when exists (select from booking_ban where person = @person and until > @now and not lifted) then 'banned'
                when @startsAt < @now + make_interval(mins => r.book_minutes) then 'late'
                when (select count(*) from mine where day = @day) >= r.per_day then 'day'
                when (select count(*) from mine where date_trunc('week', day) = date_trunc('week', @day::date)) >= r.per_week then 'week'
                when r.one_per_service and exists (select from mine where service = @service and status = 'booked' and starts_at > @now) then 'service'
                when not exists (select from service_offer where service = @service and counter_group = @group) then 'offer'
            end as why
            from rule r)
        """;

    /// <summary>One booking of a person at a time.</summary>
    public const string LockPerson = "select pg_advisory_xact_lock(@lock)";

    /// <summary>The smallest number that none of the person's bookings of that day has.</summary>
    public const string Nth = "(select min(n) from generate_series(1, r.per_day) n where not exists (select from mine where day = @day and nth = n))";

    public static long LockOf(byte[] person) => BitConverter.ToInt64(person);

    public static byte[] PersonOf(FieldCipher cipher, string idNumber) => cipher.LookUp("booking.person", idNumber.ToUpperInvariant());

    public static byte[] PhoneOf(FieldCipher cipher, string phone) => cipher.LookUp("booking.phone", phone);

    public static Booking Read(DbDataReader row) => new(
        row.GetString(0), row.GetGuid(1), new OpenId(row.GetString(2)), row.GetString(3),
        new(row.GetInt32(4), row.GetFieldValue<DateOnly>(5), row.GetFieldValue<TimeOnly>(6)), StatusOf(row.GetString(7)), row.GetBoolean(8), row.GetBoolean(9),
        row.GetInt32(10), NoticeSql.Time(row, 11)!.Value);

    /// <returns>Blank fields where the citizen had them erased.</returns>
    public static Visitor Open(FieldCipher cipher, Guid run, byte[] name, byte[] idNumber, byte[] phone, bool family)
    {
        var row = run.ToString("N");
        return name.Length == 0 ? new("", "", "", family)
            : new(cipher.Open("booking.name", row, name), cipher.Open("booking.id_number", row, idNumber), cipher.Open("booking.phone", row, phone), family);
    }

    /// <returns>Null for a booking that has a place.</returns>
    public static BookingResult? Why(string? refused, BookingRules rules, DateTimeOffset? bannedUntil) => refused switch
    {
        null => null,
        "banned" => new BookingResult.Banned(bannedUntil!.Value),
        "late" => new BookingResult.TooLate(rules.BookMinutes),
        "day" => new BookingResult.DayLimit(rules.PerDay),
        "week" => new BookingResult.WeekLimit(rules.PerWeek),
        "service" => new BookingResult.SameService(),
        _ => new BookingResult.SlotFull(),
    };

    private static BookingStatus StatusOf(string word) => Enum.Parse<BookingStatus>(word, ignoreCase: true);
}
