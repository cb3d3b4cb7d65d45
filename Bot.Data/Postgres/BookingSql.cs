using System.Data.Common;
using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Data.Postgres;

/// <summary>Columns of bookings, how they are read, and the limits that every change obeys.</summary>
internal static class BookingSql
{
    private const int PriorityAge = 60;

    public const string Columns =
        "b.number, b.run_id, b.openid, b.service, b.counter_group, b.day, b.start, b.status, b.family, b.priority, b.moves, b.booked_at, b.claim";

    /// <summary>
    /// Whether a person may have a place: one row with the word why not, or null; with the numbers of that day's bookings and the end of a ban.
    /// Whoever asks holds <see cref="LockPerson"/>, in a statement before, so that two bookings of one person see each other.
    /// </summary>
    /// <remarks>Parameters: number (the booking that changes), person, service, group, day, startsAt, now.</remarks>
    public const string Asked =
        """
        asked as materialized (
            select r.per_day, m.nths, b.until, b.ban, case
                when b.until > @now then 'banned'
                when @startsAt < @now + make_interval(mins => r.book_minutes) then 'late'
                when @day::date > (@now at time zone 'Asia/Shanghai')::date + r.days_ahead then 'far'
                when cardinality(m.nths) >= r.per_day then 'day'
                when m.week >= r.per_week then 'week'
                when r.one_per_service and m.same then 'service'
                when not exists (select from service_offer where service = @service and counter_group = @group) then 'offer'
            end as why
            from booking_rules r,
                (select max(until) as until, max(id) filter (where until > @now) as ban from booking_ban where person = @person and not lifted) b,
                (select coalesce(array_agg(nth) filter (where day = @day), '{}') as nths,
                    count(*) filter (where date_trunc('week', day) = date_trunc('week', @day::date)) as week,
                    coalesce(bool_or(service = @service and status = 'booked' and starts_at > @now), false) as same
                from booking
                where person = @person and number <> @number and status in ('booked', 'arrived', 'served', 'missed')) m)
        """;

    /// <summary>Takes one place of the slot if the person may and there is one; gives the row <c>place (nth)</c>.</summary>
    /// <remarks>Nth is the smallest number that none of the person's bookings of that day has. Parameters: those of <see cref="Asked"/>, run, start, priority.</remarks>
    public const string TakePlace =
        """
        place as (
            update slot set taken = taken + 1, priority_taken = priority_taken + @priority::int, holds = live_holds(holds, @now, @run)
            from asked a
            where counter_group = @group and day = @day and start = @start and a.why is null
              and has_room(case when @priority then capacity - taken else common end, holds, @now, @run)
            returning (select min(n) from generate_series(1, a.per_day) n where n <> all(a.nths)) as nth)
        """;

    /// <summary>One booking of a person at a time.</summary>
    public const string LockPerson = "select pg_advisory_xact_lock(@lock)";

    public static long LockOf(byte[] person) => BitConverter.ToInt64(person);

    public static byte[] PersonOf(FieldCipher cipher, string idNumber) => cipher.LookUp("booking.person", idNumber.ToUpperInvariant());

    public static byte[] PhoneOf(FieldCipher cipher, string phone) => cipher.LookUp("booking.phone", phone);

    public static Booking Read(DbDataReader row) => new(
        row.GetString(0), row.GetGuid(1), new OpenId(row.GetString(2)), row.GetString(3),
        new(row.GetInt32(4), row.GetFieldValue<DateOnly>(5), row.GetFieldValue<TimeOnly>(6)), StatusOf(row.GetString(7)), row.GetBoolean(8), row.GetBoolean(9),
        row.GetInt32(10), NoticeSql.Time(row, 11)!.Value) { Claim = ClaimOf(row.GetString(12)) };

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
        _ => new BookingResult.SlotFull(),
    };

    /// <summary>The ban in the columns until and ban; null for none.</summary>
    public static BookingResult.Banned? BanOf(DbDataReader row, int until) =>
        row.IsDBNull(until + 1) ? null : new(NoticeSql.Time(row, until)!.Value, row.GetInt64(until + 1));

    /// <summary>By what was claimed, or by age on the day.</summary>
    public static bool HasPriority(NewBooking booking)
    {
        var (born, day) = (DateOnly.ParseExact(booking.Visitor.IdNumber.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture), booking.Place.Day);
        var age = day.Year - born.Year;
        return booking.Claim is not PriorityClaim.None || (born.AddYears(age) > day ? age - 1 : age) >= PriorityAge;
    }

    public static string Word(PriorityClaim claim) => claim is PriorityClaim.None ? "" : claim.ToString().ToLowerInvariant();

    public static PriorityClaim ClaimOf(string word) => word.Length == 0 ? PriorityClaim.None : Enum.Parse<PriorityClaim>(word, ignoreCase: true);

    private static BookingStatus StatusOf(string word) => Enum.Parse<BookingStatus>(word, ignoreCase: true);
}
