using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresBookingCare(NpgsqlDataSource db, AppointmentPlans plans, TimeProvider clock) : IBookingCare
{
    private const int AtOnce = 500;
    private const int MorningHour = 10;
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(2);

    public async Task<int> RemindAsync(ReminderStage stage, Func<Booking, NewCitizenMessage> words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tomorrow = Place.DateOf(now).AddDays(1);
        // The day before from ten o'clock on; who books after that needs no telling.
        var (dayAt, soonTo) = (new Place(0, tomorrow.AddDays(-1), new(MorningHour, 0)).StartsAt, now + s_soon);
        var due = stage is ReminderStage.DayBefore
            ? "day = @tomorrow and @now >= @dayAt and booked_at < @dayAt"
            : "day between @tomorrow - 1 and @tomorrow and starts_at > @now and starts_at <= @soonTo and booked_at < starts_at - interval '2 hours'";
        var parameters = new
        {
            stage = (short)stage, tomorrow, now = now.UtcDateTime, dayAt = dayAt.UtcDateTime, soonTo = soonTo.UtcDateTime, AtOnce,
        };
        var count = 0;
        while (true)
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var reminded = await connection.ReadAsync(transaction,
                $"""
                update booking b set reminded = @stage
                where number in (
                    select number from booking where status = 'booked' and reminded < @stage and {due} limit @AtOnce for update skip locked)
                returning {BookingSql.Columns}
                """, parameters, BookingSql.Read, ct);
            foreach (var booking in reminded)
            {
                await PromptSql.AddAsync(connection, transaction, words(booking),
                    [$"book.assure {booking.Number}", $"book.move {booking.Number}", $"book.cancel {booking.Number}"], ct);
            }

            await transaction.CommitAsync(ct);
            count += reminded.Count;
            if (reminded.Count < AtOnce)
                return count;
        }
    }

    public async Task<int> MarkMissedAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var missed = await connection.ReadAsync(transaction,
            $"""
            update booking b set status = 'missed', changed_at = @now
            where number in (
                select number from booking where status = 'booked' and day between @from and @today and starts_at + make_interval(mins => @LateMinutes) < @now
                limit @AtOnce for update skip locked)
            returning {BookingSql.Columns}
            """,
            new { now = now.UtcDateTime, from = Place.DateOf(now).AddDays(-7), today = Place.DateOf(now), LateMinutes = plans.Current.Rules.LateMinutes + 30, AtOnce },
            BookingSql.Read, ct);
        foreach (var booking in missed)
            await BanAsync(connection, transaction, booking.Number, now, ct);
        await transaction.CommitAsync(ct);
        return missed.Count;
    }

    public async Task<bool> MissAsync(string number, StaffMember actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = 'missed', changed_at = @now where number = @number and status = 'booked' and starts_at < @now",
            new { number, now = now.UtcDateTime }, transaction, cancellationToken: ct)) == 0)
            return false;
        await BanAsync(connection, transaction, number, now, ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "booking.miss", "booking", number), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // Those missed before a ban that ran out, or was lifted, do not count again.
    private static Task BanAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string number, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into booking_ban (person, openid, booking, since, until)
            select b.person, b.openid, b.number, @now, @now + make_interval(days => r.ban_days)
            from booking b, booking_rules r
            where b.number = @number and r.no_shows > 0
              and r.no_shows <= (
                select count(*) from booking m where m.person = b.person and m.status = 'missed' and m.starts_at > @now - make_interval(days => r.ban_days)
                  and m.starts_at > coalesce((select max(since) from booking_ban where person = b.person), '-infinity'))
            on conflict do nothing
            """, new { number, now = now.UtcDateTime }, transaction, cancellationToken: ct));

    public async Task<long?> BanOfAsync(OpenId citizen, CancellationToken ct) => (await db.ReadAsync(
        "select max(id) from booking_ban where openid = @openid and until > @now and not lifted",
        new { openid = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0), ct))[0];

    public async Task<bool> AppealAsync(OpenId citizen, long ban, string words, CancellationToken ct) => await db.RunAsync(
        """
        update booking_ban set appeal = @words, appeal_openid = @openid, appealed_at = @now, answer = null, answered_at = null, answered_by = null
        where id = @ban and until > @now and not lifted
        """, new { words, ban, openid = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, ct) > 0;

    public async Task<IReadOnlyList<Ban>> BansAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select id, booking, since, until, appeal, appealed_at, answer, lifted from booking_ban where until > @now
        order by (appeal is not null and answered_at is null) desc, since desc limit 500
        """, new { now = clock.GetUtcNow().UtcDateTime },
        r => new Ban(r.GetInt64(0), r.GetString(1), NoticeSql.Time(r, 2)!.Value, NoticeSql.Time(r, 3)!.Value, NoticeSql.Text(r, 4), NoticeSql.Time(r, 5),
            NoticeSql.Text(r, 6), r.GetBoolean(7)), ct);

    public async Task<bool> AnswerAsync(long ban, bool lift, string answer, StaffMember actor, Func<OpenId, DateTimeOffset?, NewCitizenMessage> words, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ReadAsync(transaction,
            """
            update booking_ban set answer = @answer, answered_by = @Name, answered_at = @now, lifted = @lift
            where id = @ban and not lifted and answered_at is null returning coalesce(nullif(appeal_openid, ''), openid), appealed_at
            """, new { ban, lift, answer, actor.Name, now = clock.GetUtcNow().UtcDateTime }, r => (OpenId: r.GetString(0), AppealedAt: NoticeSql.Time(r, 1)), ct) is not [var told])
            return false;
        // Erased meanwhile: nobody to tell.
        if (told.OpenId.Length > 0)
            await CitizenMessageSql.AddAsync(connection, transaction, words(new OpenId(told.OpenId), told.AppealedAt), ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, lift ? "ban.lift" : "ban.keep", "booking_ban", ban.ToString(CultureInfo.InvariantCulture)), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<IReadOnlyList<BadRating>> BadRatingsAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select v.id, v.ticket, v.booking, v.service, r.level, r.rated_at from visit_rating r join visit v on v.id = r.visit
        where r.level <= 2 and r.followed_at is null order by r.rated_at limit 200
        """, new { },
        r => new BadRating(r.GetInt64(0), r.GetString(1), NoticeSql.Text(r, 2), r.GetString(3), r.GetInt16(4), NoticeSql.Time(r, 5)!.Value), ct);

    public async Task<bool> FollowUpAsync(long visit, string outcome, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update visit_rating set followed_by = @Name, followed_at = @now, outcome = @outcome where visit = @visit and followed_at is null",
            new { visit, outcome, actor.Name, now = clock.GetUtcNow().UtcDateTime }, transaction, cancellationToken: ct)) == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "rating.follow_up", "visit", visit.ToString(CultureInfo.InvariantCulture)), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
