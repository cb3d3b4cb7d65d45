using Bot.Data.Appointments;
using Bot.Data.Numbers;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresBookingDesk(NpgsqlDataSource db, IFieldCiphers ciphers, IBookings bookings, TimeProvider clock) : IBookingDesk
{
    public async Task<IReadOnlyList<Booking>> SearchAsync(BookingSearch search, int limit, CancellationToken ct)
    {
        var (cipher, words) = (await ciphers.GetAsync(ct), search.Words.Trim());
        return await db.ReadAsync(
            $"""
            select {BookingSql.Columns} from booking b join counter_group g on g.id = b.counter_group
            where (@words = '' and status <> 'cancelled' or number = @number or person = @person or phone_key = @phone)
              and (@Branch = '' or g.branch = @Branch) and (@Day::date is null or day = @Day) and (@status::text is null or status = @status)
              and (@After = '' or to_char(b.day, 'YYYYMMDD') || to_char(b.start, 'HH24MI') || b.number > @After)
            order by to_char(b.day, 'YYYYMMDD') || to_char(b.start, 'HH24MI') || b.number limit @limit
            """,
            new
            {
                words, number = PublicNumber.TryParse(words)?.Text ?? "", person = BookingSql.PersonOf(cipher, words), phone = BookingSql.PhoneOf(cipher, words),
                search.Branch, search.Day, status = search.Status?.ToString().ToLowerInvariant(), search.After, limit,
            }, BookingSql.Read, ct);
    }

    public async Task<IReadOnlyList<DayLoad>> MonthAsync(string branch, DateOnly first, DateOnly last, CancellationToken ct) => await db.ReadAsync(
        """
        select s.counter_group, s.day, sum(s.taken)::int from slot s join counter_group g on g.id = s.counter_group
        where g.branch = @branch and s.day between @first and @last group by 1, 2 order by 2, 1
        """, new { branch, first, last }, r => new DayLoad(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetInt32(2)), ct);

    public async Task<IReadOnlyList<SlotLoad>> DayAsync(string branch, DateOnly day, CancellationToken ct) => await db.ReadAsync(
        """
        select s.counter_group, s.start, s.finish, s.taken, s.capacity, s.reserved from slot s join counter_group g on g.id = s.counter_group
        where g.branch = @branch and s.day = @day order by 1, 2
        """, new { branch, day },
        r => new SlotLoad(r.GetInt32(0), r.GetFieldValue<TimeOnly>(1), r.GetFieldValue<TimeOnly>(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5)), ct);

    public async Task<IReadOnlyList<BookedDay>> BookedDaysAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select g.branch, b.day, b.service, count(distinct b.openid)::int from booking b join counter_group g on g.id = b.counter_group
        where b.day >= @today and b.status in ('booked', 'displaced')
        group by grouping sets ((1, 2), (1, 2, 3)) order by 2, 1, 3 nulls first limit 400
        """, new { today = Place.DateOf(clock.GetUtcNow()) },
        r => new BookedDay(r.GetString(0), r.GetFieldValue<DateOnly>(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetInt32(3)), ct);

    public async Task<IReadOnlyList<OpenId>> BookedAsync(string branch, DateOnly day, string? service, CancellationToken ct) => await db.ReadAsync(
        """
        select distinct b.openid from booking b join counter_group g on g.id = b.counter_group
        where g.branch = @branch and b.day = @day and b.status in ('booked', 'displaced') and (@service::text is null or b.service = @service) order by 1
        """, new { branch, day, service }, r => new OpenId(r.GetString(0)), ct);

    public async Task<IReadOnlyList<OpenId>> VisitedAsync(string branch, DateOnly since, OpenId? only, CancellationToken ct) => await db.ReadAsync(
        """
        select distinct b.openid from booking b join counter_group g on g.id = b.counter_group
        where g.branch = @branch and b.day >= @since and b.status = 'served' and b.openid <> '' and (@only::text is null or b.openid = @only) order by 1
        """, new { branch, since, only = only?.Value }, r => new OpenId(r.GetString(0)), ct);

    public async Task<IReadOnlyDictionary<string, Visitor>> VisitorsAsync(IReadOnlyCollection<string> numbers, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        return (await db.ReadAsync("select number, run_id, name, id_number, phone, family from booking where number = any(@numbers)", new { numbers = numbers.ToArray() },
            r => (Number: r.GetString(0), Visitor: BookingSql.Open(
                cipher, r.GetGuid(1), r.GetFieldValue<byte[]>(2), r.GetFieldValue<byte[]>(3), r.GetFieldValue<byte[]>(4), r.GetBoolean(5))), ct))
            .ToDictionary(v => v.Number, v => v.Visitor);
    }

    public async Task<Visitor?> RevealAsync(string number, string reason, StaffMember actor, CancellationToken ct)
    {
        if (await bookings.FindAsync(number, ct) is not { } booking)
            return null;
        await using var connection = await db.OpenConnectionAsync(ct);
        await AuditSql.WriteAsync(connection, null, new(actor.Name, "booking.reveal", "booking", number)
        {
            Details = new Dictionary<string, string?> { ["reason"] = reason },
        }, ct);
        return await bookings.VisitorAsync(booking, ct);
    }
}
