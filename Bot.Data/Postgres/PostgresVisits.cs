using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresVisits(NpgsqlDataSource db, PostgresBell bell, AppointmentPlans plans, TimeProvider clock) : IVisits
{
    private DateOnly Today => Place.DateOf(clock.GetUtcNow());

    public async Task<CheckInResult> CheckInAsync(string number, StaffMember? desk, CancellationToken ct)
    {
        var (now, rules) = (clock.GetUtcNow(), plans.Current.Rules);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var booking = (await connection.ReadAsync(transaction,
            $"select {BookingSql.Columns} from booking b where number = @number and day = @Today for update", new { number, Today }, BookingSql.Read, ct)).FirstOrDefault();
        if (booking is null)
            return new CheckInResult.NotFound();
        if (booking.Status is not BookingStatus.Booked)
        {
            if ((await connection.ReadAsync(transaction, $"select {VisitSql.Columns} from visit v where booking = @number", new { number }, VisitSql.Read, ct)) is [var before])
                return new CheckInResult.In(await VisitSql.PlaceAsync(connection, transaction, before, Today, ct), Again: true);
            if (desk is null || booking.Status is not BookingStatus.Missed)
                return new CheckInResult.NotFound();
        }

        var starts = booking.Place.StartsAt;
        if (desk is null && now < starts.AddMinutes(-rules.EarlyMinutes))
            return new CheckInResult.TooEarly(starts.AddMinutes(-rules.EarlyMinutes));
        if (desk is null && now > starts.AddMinutes(rules.LateMinutes))
            return new CheckInResult.TooLate();
        return new CheckInResult.In(await ArriveAsync(connection, transaction, booking, booking.Priority, desk, ct), Again: false);
    }

    public async Task<QueuePlace?> ComeLateAsync(OpenId citizen, string number, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        return await connection.ReadAsync(transaction,
            $"select {BookingSql.Columns} from booking b where number = @number and openid = @openid and day = @Today and status = 'booked' for update",
            new { number, openid = citizen.Value, Today }, BookingSql.Read, ct) is [var booking]
            ? await ArriveAsync(connection, transaction, booking, priority: false, null, ct) : null;
    }

    private async Task<QueuePlace> ArriveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Booking booking, bool priority, StaffMember? desk, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = 'arrived', changed_at = @now where number = @Number", new { booking.Number, now = now.UtcDateTime }, transaction, cancellationToken: ct));
        if (booking.Status is BookingStatus.Missed)
            await BanSql.UndoAsync(connection, transaction, booking.Number, VisitSql.CameAfterAll, desk!, now, ct);
        var visit = await VisitSql.JoinAsync(connection, transaction, booking.Place.Group, Today, booking.Number, booking.Citizen, booking.Service, priority, now, ct);
        var place = await VisitSql.PlaceAsync(connection, transaction, visit, Today, ct);
        await VisitSql.NoteAsync(connection, transaction, visit, "visit.check_in", desk, ct);
        await VisitSql.RingAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return place;
    }

    public async Task<QueuePlace> WalkInAsync(OpenId? citizen, int group, string service, bool priority, StaffMember? desk, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (citizen is { } who)
        {
            // Two scans at once are one citizen's: the second waits here and finds the first one's number.
            await connection.ExecuteAsync(new CommandDefinition(
                "select pg_advisory_xact_lock(hashtextextended(@openid, 9))", new { openid = who.Value }, transaction, cancellationToken: ct));
            var waiting = (await connection.ReadAsync(transaction,
                $"select {VisitSql.Columns} from visit v where day = @Today and counter_group = @group and openid = @openid and status in ('waiting', 'called', 'serving')",
                new { Today, group, openid = who.Value }, VisitSql.Read, ct)).FirstOrDefault();
            if (waiting is not null)
                return await VisitSql.PlaceAsync(connection, transaction, waiting, Today, ct);
        }

        var visit = await VisitSql.JoinAsync(connection, transaction, group, Today, null, citizen, service, priority, clock.GetUtcNow(), ct);
        var place = await VisitSql.PlaceAsync(connection, transaction, visit, Today, ct);
        await VisitSql.NoteAsync(connection, transaction, visit, "visit.walk_in", desk, ct);
        await VisitSql.RingAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return place;
    }

    public async Task<QueuePlace?> MineAsync(OpenId citizen, string? branch, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var mine = await connection.ReadAsync(null,
            $"""
            select {VisitSql.Columns} from visit v join counter_group g on g.id = v.counter_group
            where v.openid = @openid and v.day = @Today and v.status in ('waiting', 'called', 'serving', 'missed') and (@branch::text is null or g.branch = @branch)
            order by v.status = 'missed', v.id desc limit 1
            """, new { openid = citizen.Value, Today, branch }, VisitSql.Read, ct);
        return mine is [var visit] ? await VisitSql.PlaceAsync(connection, null, visit, Today, ct) : null;
    }

    public async Task<Visit?> FindAsync(long visit, CancellationToken ct) => (await db.ReadAsync(
        $"select {VisitSql.Columns} from visit v where id = @visit", new { visit }, VisitSql.Read, ct)).SingleOrDefault();

    public async Task<IReadOnlyList<Visit>> UnratedAsync(OpenId citizen, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {VisitSql.Columns} from visit v
        where openid = @openid and status = 'served' and day > @Today - 14 and not exists (select from visit_rating r where r.visit = v.id)
        order by id desc limit 20
        """, new { openid = citizen.Value, Today }, VisitSql.Read, ct);

    public async Task<IReadOnlyList<Visit>> TodayAsync(string branch, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {VisitSql.Columns} from visit v join counter_group g on g.id = v.counter_group
        where g.branch = @branch and v.day = @Today
        order by array_position(array['called', 'serving', 'waiting', 'missed', 'served'], v.status),
            case when v.status = 'waiting' then null else v.called_at end desc nulls last, v.priority desc, v.id
        limit 500
        """, new { branch, Today }, VisitSql.Read, ct);

    public async Task<RateResult> RateAsync(OpenId citizen, long visit, int level, CancellationToken ct)
    {
        var (known, rated) = (await db.ReadAsync(
            """
            with mine as (select id from visit where id = @visit and openid = @openid and status = 'served'),
            made as (insert into visit_rating (visit, level, rated_at) select id, @level, @now from mine on conflict (visit) do nothing returning 1)
            select exists (select from mine), exists (select from made)
            """, new { visit, openid = citizen.Value, level = (short)level, now = clock.GetUtcNow().UtcDateTime }, r => (r.GetBoolean(0), r.GetBoolean(1)), ct))[0];
        return !known ? RateResult.NotFound : rated ? RateResult.Rated : RateResult.Already;
    }

    public Task ListenAsync(Action ring, CancellationToken ct) => bell.ListenAsync(VisitSql.Channel, ring, ct);
}
