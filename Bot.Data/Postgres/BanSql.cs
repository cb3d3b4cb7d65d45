using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>爽约限制: what follows from a no-show, and from taking one back.</summary>
internal static class BanSql
{
    // Those missed before a ban that ran out, or was lifted, do not count again.
    public static async Task MakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string number, DateTimeOffset now, DateTimeOffset tellAt, CancellationToken ct)
    {
        var made = await connection.ReadAsync(transaction,
            """
            insert into booking_ban (person, openid, booking, since, until)
            select b.person, b.openid, b.number, @now, @now + make_interval(days => r.ban_days)
            from booking b, booking_rules r
            where b.number = @number and r.no_shows > 0
              and r.no_shows <= (
                select count(*) from booking m where m.person = b.person and m.status = 'missed' and m.starts_at > @now - make_interval(days => r.ban_days)
                  and m.starts_at > coalesce((select max(since) from booking_ban where person = b.person), '-infinity'))
            on conflict do nothing
            returning id
            """, new { number, now = now.UtcDateTime }, r => r.GetInt64(0), ct);
        foreach (var id in made.Select(i => i.ToString(CultureInfo.InvariantCulture)))
            await JobSql.EnqueueAsync(connection, transaction, new NewJob(IBookingCare.BanJobKind, id, id, tellAt), ct);
    }

    /// <summary>Ends the bans for which there are not enough no-shows any more, now that the booking is none: one that was appealed against stays to be read.</summary>
    public static Task UndoAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string number, string why, StaffMember actor, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            with undone as (
                select n.id, n.appeal from booking b join booking_ban n on n.person = b.person, booking_rules r
                where b.number = @number and n.until > @now and not n.lifted and greatest(r.no_shows, 1) > (
                    select count(*) from booking m
                    where m.person = b.person and m.status = 'missed' and m.starts_at <= n.since and m.starts_at > n.since - make_interval(days => r.ban_days)
                      and m.starts_at > coalesce((select max(p.since) from booking_ban p where p.person = b.person and p.since < n.since), '-infinity'))),
            gone as (delete from booking_ban where id in (select id from undone where appeal is null))
            update booking_ban set lifted = true, answer = coalesce(answer, @why), answered_by = coalesce(answered_by, @Name), answered_at = coalesce(answered_at, @now)
            where id in (select id from undone where appeal is not null)
            """, new { number, why, actor.Name, now = now.UtcDateTime }, transaction, cancellationToken: ct));
}
