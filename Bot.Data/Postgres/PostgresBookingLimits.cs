using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresBookingLimits(NpgsqlDataSource db, IFieldCiphers ciphers, AppointmentPlans plans, TimeProvider clock) : IBookingLimits
{
    public async Task<BookingResult?> LookAsync(NewBooking wish, bool waits, CancellationToken ct)
    {
        var rules = plans.Current.Rules;
        var cipher = await ciphers.GetAsync(ct);
        var found = (await db.ReadAsync(
            """
            with theirs as (
                select day, service, status, starts_at, openid from booking
                where person = @person and run_id <> @Run and status in ('booked', 'arrived', 'served', 'missed')),
            before as (select person = @person as same from person_asked where openid = @openid and day = @today),
            asked as (
                insert into person_asked (openid, day, person)
                select @openid, @today, @person where (select count(*) from before) < @PeoplePerDay
                on conflict do nothing returning 1)
            select (select max(until) from booking_ban where person = @person and not lifted and until > @now),
                (select max(id) from booking_ban where person = @person and not lifted and until > @now),
                (select count(*) from theirs where day = @Day)::int,
                (select count(*) from theirs where date_trunc('week', day) = date_trunc('week', @Day::date))::int,
                (select bool_and(openid <> @openid) from theirs where service = @Service and status = 'booked' and starts_at > @now),
                (select count(*) from booking where openid = @openid and run_id <> @Run and status in ('booked', 'displaced') and starts_at > @now)::int,
                (select count(*) from waitlist where openid = @openid and run_id <> @Run and status in ('waiting', 'offered'))::int,
                (select exists (select from booking where person = @person and openid = @openid)),
                (select exists (select from theirs where openid = @openid and day = @Day)),
                (select exists (select from theirs where openid = @openid and date_trunc('week', day) = date_trunc('week', @Day::date))),
                (select exists (select from asked) or exists (select from before where same))
            """,
            new
            {
                person = BookingSql.PersonOf(cipher, wish.Visitor.IdNumber), wish.Run, wish.Service, wish.Place.Day, openid = wish.Citizen.Value,
                now = clock.GetUtcNow().UtcDateTime, today = Place.DateOf(clock.GetUtcNow()), rules.PeoplePerDay,
            },
            r => (Ban: BookingSql.BanOf(r, 0), Day: r.GetInt32(2), Week: r.GetInt32(3), Elsewhere: r.IsDBNull(4) ? (bool?)null : r.GetBoolean(4),
                Open: r.GetInt32(5), Waits: r.GetInt32(6), Theirs: r.GetBoolean(7), OfDay: r.GetBoolean(8), OfWeek: r.GetBoolean(9), Asks: r.GetBoolean(10)), ct))[0];
        if (!found.Asks)
            return new BookingResult.PeopleLimit();
        if (found.Ban is not null)
            return found.Theirs ? found.Ban : new BookingResult.Elsewhere();
        if (waits)
            return found.Waits >= rules.WaitsPerAccount ? new BookingResult.AccountLimit(rules.WaitsPerAccount, Waits: true) : null;
        return found switch
        {
            { Elsewhere: { } elsewhere } when rules.OnePerService => elsewhere ? new BookingResult.Elsewhere() : new BookingResult.SameService(),
            { Day: var day } when day >= rules.PerDay => found.OfDay ? new BookingResult.DayLimit(rules.PerDay) : new BookingResult.Elsewhere(),
            { Week: var week } when week >= rules.PerWeek => found.OfWeek ? new BookingResult.WeekLimit(rules.PerWeek) : new BookingResult.Elsewhere(),
            { Open: var open } when open >= rules.PerAccount => new BookingResult.AccountLimit(rules.PerAccount, Waits: false),
            _ => null,
        };
    }

    public async Task<IReadOnlyList<DateOnly>> OtherDaysAsync(string number, CancellationToken ct) => await db.ReadAsync(
        """
        select o.day from booking b join booking o on o.person = b.person and o.number <> b.number and o.status in ('booked', 'arrived', 'served', 'missed')
        where b.number = @number
        """, new { number }, r => r.GetFieldValue<DateOnly>(0), ct);
}
