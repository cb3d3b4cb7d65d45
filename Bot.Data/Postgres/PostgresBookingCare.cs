using System.Data.Common;
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
    private const string BanColumns = "n.id, n.booking, n.since, n.until, n.appeal, n.appealed_at, n.answer, n.lifted";

    private const int AtOnce = 500;
    private const int MorningHour = 10;

    public async Task<int> RemindAsync(ReminderStage stage, Func<Booking, (NewCitizenMessage Message, IReadOnlyList<string> Choices)> words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tomorrow = Place.DateOf(now).AddDays(1);
        // The day before from ten o'clock on; who books or moves after that needs no telling. While it is booked nothing else changes a booking.
        var (dayAt, soonTo) = (new Place(0, tomorrow.AddDays(-1), new(MorningHour, 0)).StartsAt, now + plans.Current.Rules.RemindedSoon);
        var due = stage is ReminderStage.DayBefore
            ? "day = @tomorrow and @now >= @dayAt and changed_at < @dayAt"
            : "day between @tomorrow - 1 and @tomorrow and starts_at > @now and starts_at <= @soonTo and changed_at < starts_at - @soon";
        var parameters = new
        {
            stage = (short)stage, tomorrow, now = now.UtcDateTime, dayAt = dayAt.UtcDateTime, soonTo = soonTo.UtcDateTime, soon = soonTo - now, AtOnce,
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
            await PromptSql.AddAsync(connection, transaction, [.. reminded.Select(words)], ct);
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
            await BanSql.MakeAsync(connection, transaction, booking.Number, now, now, ct);
        await transaction.CommitAsync(ct);
        return missed.Count;
    }

    public async Task<bool> MissAsync(string number, StaffMember actor, CancellationToken ct)
    {
        var (now, rules) = (clock.GetUtcNow(), plans.Current.Rules);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update booking set status = 'missed', changed_at = @now where number = @number and status = 'booked' and starts_at + make_interval(mins => @LateMinutes) < @now",
            new { number, now = now.UtcDateTime, rules.LateMinutes }, transaction, cancellationToken: ct)) == 0)
            return false;
        await BanSql.MakeAsync(connection, transaction, number, now, now, ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "booking.miss", "booking", number), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<Ban?> BanOfAsync(OpenId citizen, CancellationToken ct) => (await db.ReadAsync(
        $"""
        select {BanColumns} from booking_ban n where (openid = @openid or appeal_openid = @openid) and until > @now
        order by lifted, id desc limit 1
        """, new { openid = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, ReadBan, ct)).SingleOrDefault();

    public async Task<(Ban Ban, Booking Booking)?> BanAsync(long ban, CancellationToken ct) => (await db.ReadAsync(
        $"select {BookingSql.Columns}, {BanColumns} from booking_ban n join booking b on b.number = n.booking where n.id = @ban and b.openid <> ''",
        new { ban }, r => ((Ban, Booking)?)(ReadBan(r, 14), BookingSql.Read(r)), ct)).SingleOrDefault();

    public async Task<bool> AppealAsync(OpenId citizen, long ban, string words, CancellationToken ct) => await db.RunAsync(
        """
        update booking_ban set appeal = @words, appeal_openid = @openid, appealed_at = @now, answer = null, answered_at = null, answered_by = null
        where id = @ban and until > @now and not lifted
        """, new { words, ban, openid = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, ct) > 0;

    public async Task<IReadOnlyList<Ban>> BansAsync(CancellationToken ct) => await db.ReadAsync(
        $"""
        select {BanColumns} from booking_ban n where until > @now
        order by (appeal is not null and answered_at is null) desc, since desc limit 500
        """, new { now = clock.GetUtcNow().UtcDateTime }, ReadBan, ct);

    public async Task<bool> AnswerAsync(long ban, bool lift, string answer, StaffMember actor, Func<OpenId, DateTimeOffset?, NewCitizenMessage> words, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ReadAsync(transaction,
            """
            update booking_ban set answer = @answer, answered_by = @Name, answered_at = @now, lifted = @lift
            where id = @ban and not lifted and answered_at is null and (@lift or appeal is not null) returning coalesce(nullif(appeal_openid, ''), openid), appealed_at
            """, new { ban, lift, answer, actor.Name, now = clock.GetUtcNow().UtcDateTime }, r => (OpenId: r.GetString(0), AppealedAt: r.Time(1)), ct) is not [var told])
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
        select v.id, v.ticket, v.booking, v.service, r.level, r.rated_at, v.counter_group, v.day, v.counter, v.openid <> ''
        from visit_rating r join visit v on v.id = r.visit
        where r.level <= 2 and r.followed_at is null order by r.rated_at limit 200
        """, new { },
        r => new BadRating(r.GetInt64(0), r.GetString(1), r.Text(2), r.GetString(3), r.GetInt16(4), r.Time(5)!.Value, r.GetInt32(6),
            r.GetFieldValue<DateOnly>(7), r.Text(8), r.GetBoolean(9)), ct);

    public async Task<bool> FollowUpAsync(long visit, string outcome, StaffMember actor, Func<OpenId, NewCitizenMessage>? words, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ReadAsync(transaction,
            """
            update visit_rating r set followed_by = @Name, followed_at = @now, outcome = @outcome from visit v
            where v.id = r.visit and r.visit = @visit and r.followed_at is null
            returning v.openid
            """, new { visit, outcome, actor.Name, now = clock.GetUtcNow().UtcDateTime }, r => r.GetString(0), ct) is not [var openid])
            return false;
        if (words is not null && openid.Length > 0)
            await CitizenMessageSql.AddAsync(connection, transaction, words(new OpenId(openid)), ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "rating.follow_up", "visit", visit.ToString(CultureInfo.InvariantCulture)), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static Ban ReadBan(DbDataReader row) => ReadBan(row, 0);

    private static Ban ReadBan(DbDataReader row, int first) => new(
        row.GetInt64(first), row.GetString(first + 1), row.Time(first + 2)!.Value, row.Time(first + 3)!.Value, row.Text(first + 4),
        row.Time(first + 5), row.Text(first + 6), row.GetBoolean(first + 7));
}
