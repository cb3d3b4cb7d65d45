using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresVisits(NpgsqlDataSource db, PostgresBell bell, AppointmentPlans plans, TimeProvider clock) : IVisits
{
    private const string CameAfterAll = "已到厅办理";

    private static readonly TimeSpan s_stillComes = TimeSpan.FromHours(2);

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
            await BanSql.UndoAsync(connection, transaction, booking.Number, CameAfterAll, desk!, now, ct);
        var visit = await VisitSql.JoinAsync(connection, transaction, booking.Place.Group, Today, booking.Number, booking.Citizen, booking.Service, priority, now, ct);
        var place = await VisitSql.PlaceAsync(connection, transaction, visit, Today, ct);
        await NoteAsync(connection, transaction, visit, "visit.check_in", desk, ct);
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
        await NoteAsync(connection, transaction, visit, "visit.walk_in", desk, ct);
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

    public async Task<Visit?> CallNextAsync(int group, string counter, StaffMember actor, Func<Visit, NewCitizenMessage> words, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        List<Visit> called;
        try
        {
            called = await connection.ReadAsync(transaction,
                $"""
                update visit v set status = 'called', counter = @counter, calls = 1, called_at = @now
                where id = (
                    select id from visit where counter_group = @group and day = @Today and status = 'waiting'
                    order by priority desc, id limit 1 for update skip locked)
                  and exists (select from counter where counter_group = @group and name = @counter and active)
                returning {VisitSql.Columns}
                """, new { group, counter, Today, now = clock.GetUtcNow().UtcDateTime }, VisitSql.Read, ct);
        }
        catch (PostgresException e) when (e.ConstraintName == "visit_at_counter")
        {
            return null;                                    // who is at the counter comes first
        }

        if (called is not [var visit])
            return null;
        await TellAsync(connection, transaction, visit, "visit.call", actor, visit.Citizen is null ? null : words(visit), [], ct);
        await transaction.CommitAsync(ct);
        return visit;
    }

    public async Task<Visit?> StepAsync(long visit, VisitStep step, StaffMember actor, Func<Visit, NewCitizenMessage?> words, CancellationToken ct)
    {
        var (from, set) = step switch
        {
            VisitStep.Recall => ("'called'", "calls = calls + 1, called_at = @now"),
            VisitStep.Start => ("'called'", "status = 'serving', started_at = @now"),
            VisitStep.Finish => ("'called', 'serving'", "status = 'served', started_at = coalesce(started_at, @now), ended_at = @now"),
            VisitStep.Miss => ("'called'", "status = 'missed', ended_at = @now"),
            VisitStep.Resume => ("'served'", "status = 'serving', ended_at = null"),
            VisitStep.Requeue => ("'missed', 'called'", "status = 'waiting', priority = true, counter = null, called_at = null, started_at = null, ended_at = null"),
        };
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (now, rule) = (clock.GetUtcNow(), step is VisitStep.Resume ? "and ended_at > @lately and not exists (select from visit_rating r where r.visit = v.id)" : "");
        List<Visit> found;
        try
        {
            found = await connection.ReadAsync(transaction,
                $"update visit v set {set} where id = @visit and day = @Today and status in ({from}) {rule} returning {VisitSql.Columns}",
                new { visit, Today, now = now.UtcDateTime, lately = (now - IVisits.TakenBackWithin).UtcDateTime }, VisitSql.Read, ct);
        }
        catch (PostgresException e) when (e.ConstraintName == "visit_at_counter")
        {
            return null;                                    // the next one is there
        }

        if (found is not [var changed])
            return null;
        if (changed.Booking is { } booking)
            await CarryAsync(connection, transaction, booking, step, actor, ct);
        string[] choices = step is VisitStep.Finish ? [.. Enumerable.Range(1, 5).Select(level => $"visit.rate {changed.Id} {level}")] : [];
        await TellAsync(connection, transaction, changed, $"visit.{step.ToString().ToLowerInvariant()}", actor, changed.Citizen is null ? null : words(changed), choices, ct);
        await transaction.CommitAsync(ct);
        return changed;
    }

    // What becomes of the booking: who did not come when called is a no-show, until they come to the desk after all. They are told of a ban once that is unlikely.
    private async Task CarryAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string number, VisitStep step, StaffMember actor, CancellationToken ct)
    {
        if ((step switch
        {
            VisitStep.Finish => ("arrived", "served"),
            VisitStep.Miss => ("arrived", "missed"),
            VisitStep.Resume => ("served", "arrived"),
            VisitStep.Requeue => ("missed", "arrived"),
            VisitStep.Recall or VisitStep.Start => ((string From, string To)?)null,
        }) is not var (from, to))
            return;
        var now = clock.GetUtcNow();
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = @to, changed_at = @now where number = @number and status = @from",
            new { number, from, to, now = now.UtcDateTime }, transaction, cancellationToken: ct)) == 0)
            return;
        if (step is VisitStep.Miss)
            await BanSql.MakeAsync(connection, transaction, number, now, now + s_stillComes, ct);
        else if (step is VisitStep.Requeue)
            await BanSql.UndoAsync(connection, transaction, number, CameAfterAll, actor, now, ct);
    }

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

    private static async Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Visit visit, string act, StaffMember actor,
        NewCitizenMessage? message, IReadOnlyList<string> choices, CancellationToken ct)
    {
        if (message is not null)
            await PromptSql.AddAsync(connection, transaction, message, choices, ct);
        await NoteAsync(connection, transaction, visit, act, actor, ct);
        await VisitSql.RingAsync(connection, transaction, ct);
    }

    // What citizens do themselves is no act of staff.
    private static async Task NoteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Visit visit, string act, StaffMember? actor, CancellationToken ct)
    {
        if (actor is null)
            return;
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, act, "visit", visit.Id.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?> { ["ticket"] = visit.Ticket, ["counter"] = visit.Counter, ["booking"] = visit.Booking },
        }, ct);
    }
}
