using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Privacy;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresWaitlist(NpgsqlDataSource db, PostgresPlaces places, IBookings bookings, IFieldCiphers ciphers, AppointmentPlans plans, TimeProvider clock) : IWaitlist
{
    private const string Field = "waitlist.details";

    public async Task<Waiting> WaitAsync(NewBooking wish, CancellationToken ct)
    {
        var (cipher, place, now) = (await ciphers.GetAsync(ct), wish.Place, clock.GetUtcNow().UtcDateTime);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // An account's waits are counted one at a time.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@Value, 10))", new { wish.Citizen.Value }, transaction, cancellationToken: ct));
        if (!await places.EnsureAsync(connection, transaction, place, ct))
            return new(WaitingStatus.Gone);
        // The slot's row is locked: a place that is freed now is either seen here or finds the one who waits.
        var free = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            select slot_left(slot, @priority, @now, @Run) from slot
            where counter_group = @Group and day = @Day and start = @Start for update
            """, new { now, wish.Run, priority = wish.HasPriority, place.Group, place.Day, place.Start }, transaction, cancellationToken: ct));
        var row = new
        {
            wish.Run, openid = wish.Citizen.Value, wish.Service, place.Group, place.Day, place.Start, now, claim = BookingSql.Word(wish.Claim),
            priority = wish.HasPriority, person = BookingSql.PersonOf(cipher, wish.Visitor.IdNumber),
            details = cipher.Seal(Field, wish.Run.ToString("N"), JsonSerializer.Serialize(wish.Visitor)),
        };
        // Who asked before may ask again, free place or not.
        var (known, waits, most) = (await connection.ReadAsync(transaction,
            """
            select exists (select from waitlist where run_id = @Run),
                (select count(*) from waitlist where openid = @openid and run_id <> @Run and status in ('waiting', 'offered'))::int, waits_per_account
            from booking_rules
            """, row, r => (r.GetBoolean(0), r.GetInt32(1), r.GetInt32(2)), ct))[0];
        if (free > 0 && !known)
            return new(WaitingStatus.NotFull);
        if (waits >= most && !known)
            return new(WaitingStatus.TooMany, most);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into waitlist (run_id, openid, service, counter_group, day, start, person, details, claim, priority, made_at)
            values (@Run, @openid, @Service, @Group, @Day, @Start, @person, @details, @claim, @priority, @now)
            on conflict do nothing
            """, row, transaction, cancellationToken: ct));
        var position = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            select count(*) from waitlist w
            where counter_group = @Group and day = @Day and start = @Start and status in ('waiting', 'offered')
              and id <= (select id from waitlist where run_id = @Run)
            """, row, transaction, cancellationToken: ct));
        if (await NextAsync(connection, transaction, place, now, ct) is { } next)
            await JobSql.NoLaterAsync(connection, transaction, new NewJob(IWaitlist.JobKind, place.ToString(), $"\"{place}\"", next), ct);
        await transaction.CommitAsync(ct);
        return position == 0 ? new(WaitingStatus.Already) : new(WaitingStatus.Waiting, position);
    }

    public async Task<DateTimeOffset?> OfferAsync(Place place, Func<WaitOffer, NewCitizenMessage> words, Func<WaitOver, NewCitizenMessage> over, CancellationToken ct)
    {
        var (now, until) = (clock.GetUtcNow().UtcDateTime, clock.GetUtcNow().AddMinutes(plans.Current.Rules.OfferMinutes));
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var capacity = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select capacity from slot where counter_group = @Group and day = @Day and start = @Start for update",
            new { place.Group, place.Day, place.Start }, transaction, cancellationToken: ct));
        var key = new { place.Group, place.Day, place.Start, now, until = until.UtcDateTime, over = capacity == 0 || EndOf(place) <= now };
        var lapsed = await connection.ReadAsync(transaction,
            """
            update waitlist set status = 'lapsed', offered_until = null
            where counter_group = @Group and day = @Day and start = @Start and status = 'offered' and offered_until <= @now and not @over
            returning id, openid, service
            """, key, r => new WaitOver(r.GetInt64(0), new OpenId(r.GetString(1)), r.GetString(2), place, WaitEnd.Lapsed), ct);
        // Nothing comes any more for who waits for what these counters do not give, either.
        var ended = await connection.ReadAsync(transaction,
            """
            update waitlist w set status = 'ended', offered_until = null
            from (
                select l.id, exists (
                    select from service_offer o join service_item i on i.code = o.service
                    where o.service = l.service and o.counter_group = l.counter_group and i.active) as given
                from waitlist l where l.counter_group = @Group and l.day = @Day and l.start = @Start and l.status in ('waiting', 'offered')) l
            where w.id = l.id and (@over or not l.given)
            returning w.id, w.openid, w.service, l.given
            """, key, r => new WaitOver(r.GetInt64(0), new OpenId(r.GetString(1)), r.GetString(2), place, capacity == 0 || !r.GetBoolean(3) ? WaitEnd.Closed : WaitEnd.Late), ct);
        foreach (var one in lapsed.Concat(ended))
            await PromptSql.AddAsync(connection, transaction, over(one), ["book"], ct);
        var quiet = plans.Current.Rules.QuietUntil(now) is { } morning && morning < EndOf(place) ? morning : (DateTimeOffset?)null;
        while (quiet is null)
        {
            // The offer holds the place under its own run, so that nobody else gets it while it runs.
            var offered = await connection.ReadAsync(transaction,
                """
                with next as (
                    select w.id, w.run_id from waitlist w join slot s on (s.counter_group, s.day, s.start) = (w.counter_group, w.day, w.start)
                    where w.counter_group = @Group and w.day = @Day and w.start = @Start and w.status = 'waiting'
                      and slot_free(s, w.priority, @now, w.run_id) > 0
                    order by w.id limit 1),
                held as (
                    update slot set holds = live_holds(holds, @now, next.run_id) || row(next.run_id, @until)::place_hold
                    from next where counter_group = @Group and day = @Day and start = @Start
                    returning next.id)
                update waitlist w set status = 'offered', offered_until = @until from held where w.id = held.id returning w.id, w.openid, w.service
                """, key, r => new WaitOffer(r.GetInt64(0), new OpenId(r.GetString(1)), r.GetString(2), place, until), ct);
            if (offered.Count == 0)
                break;
            await PromptSql.AddAsync(connection, transaction, words(offered[0]), [$"book.wait take {offered[0].Id}", $"book.wait decline {offered[0].Id}"], ct);
        }

        var next = await NextAsync(connection, transaction, place, now, ct);
        await transaction.CommitAsync(ct);
        // Who waits is looked after in the morning; an offer that runs may end before.
        return next is null || quiet is null || next < quiet ? next : quiet;
    }

    private DateTime EndOf(Place place) => place.StartsAt.UtcDateTime.AddMinutes(-plans.Current.Rules.BookMinutes);

    // While somebody waits, holds that end free a place without a word; and when it is too late to book, they are told.
    private async Task<DateTimeOffset?> NextAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Place place, DateTime now, CancellationToken ct)
    {
        var next = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            """
            select min(at) from (
                select min(offered_until) at from waitlist where counter_group = @Group and day = @Day and start = @Start and status = 'offered'
                union all
                select least(@end, (select min(h.until) from slot, unnest(holds) h where counter_group = @Group and day = @Day and start = @Start and h.until > @now))
                where exists (select from waitlist where counter_group = @Group and day = @Day and start = @Start and status = 'waiting')) ends
            """, new { place.Group, place.Day, place.Start, now, end = EndOf(place) }, transaction, cancellationToken: ct));
        return next is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
    }

    public async Task<BookingResult> TakeAsync(OpenId citizen, long id, string? instead, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var entries = await db.ReadAsync(
            """
            select run_id, service, counter_group, day, start, details, claim from waitlist
            where id = @id and openid = @openid and (status = 'offered' and offered_until > @now or status = 'taken')
              and (@instead::text is null or exists (
                select from booking b where b.number = @instead and b.person = waitlist.person and b.service = waitlist.service))
            """, new { id, openid = citizen.Value, instead, now = clock.GetUtcNow().UtcDateTime },
            r => new NewBooking(r.GetGuid(0), citizen, r.GetString(1), new(r.GetInt32(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<TimeOnly>(4)),
                JsonSerializer.Deserialize<Visitor>(cipher.Open(Field, r.GetGuid(0).ToString("N"), r.GetFieldValue<byte[]>(5)))!, BookingSql.ClaimOf(r.GetString(6))), ct);
        if (entries is not [var wish])
            return new BookingResult.NotFound();
        // The form's run books once, however often it is taken; a crash in between leaves an offer that lapses.
        var result = instead is null ? await bookings.BookAsync(wish, ct) : await bookings.MoveAsync(wish.Run, citizen, instead, wish.Place, ct);
        if (result is BookingResult.Booked)
            await db.RunAsync("update waitlist set status = 'taken', offered_until = null where id = @id", new { id }, ct);
        return result;
    }

    public async Task<Booking?> ElsewhereAsync(OpenId citizen, long id, CancellationToken ct) => (await db.ReadAsync(
        $"""
        select {BookingSql.Columns} from waitlist w join booking b on b.person = w.person and b.service = w.service and b.openid = w.openid
        where w.id = @id and w.openid = @openid and b.status = 'booked' and b.starts_at > @now order by b.starts_at limit 1
        """, new { id, openid = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, BookingSql.Read, ct)).SingleOrDefault();

    public async Task<bool> DeclineAsync(OpenId citizen, long id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // The slot first, as whoever offers its places locks it.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            select from slot
            where (counter_group, day, start) = (select counter_group, day, start from waitlist where id = @id and openid = @openid) for update
            """, new { id, openid = citizen.Value }, transaction, cancellationToken: ct));
        var freed = await connection.ReadAsync(transaction,
            """
            update waitlist set status = 'declined', offered_until = null
            where id = @id and openid = @openid and status in ('waiting', 'offered')
            returning counter_group, day, start, run_id
            """, new { id, openid = citizen.Value },
            r => (Place: new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), Run: r.GetGuid(3)), ct);
        if (freed is not [var (place, run)])
            return false;
        await connection.ExecuteAsync(new CommandDefinition(
            "update slot set holds = live_holds(holds, @now, @run) where counter_group = @Group and day = @Day and start = @Start",
            new { now = now.UtcDateTime, run, place.Group, place.Day, place.Start }, transaction, cancellationToken: ct));
        await BookingMoves.OfferAsync(connection, transaction, place, now, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<IReadOnlyList<WaitEntry>> OpenAsync(OpenId citizen, CancellationToken ct) => await db.ReadAsync(
        """
        select id, service, counter_group, day, start, offered_until from waitlist
        where openid = @openid and day >= @today and (status = 'waiting' or status = 'offered' and offered_until > @now)
        order by day, start limit 20
        """, new { openid = citizen.Value, today = Place.DateOf(clock.GetUtcNow()), now = clock.GetUtcNow().UtcDateTime },
        r => new WaitEntry(r.GetInt64(0), r.GetString(1), new(r.GetInt32(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<TimeOnly>(4)), r.Time(5)), ct);
}
