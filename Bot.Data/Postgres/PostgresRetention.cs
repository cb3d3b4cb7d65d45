using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresRetention(NpgsqlDataSource db) : IRetention
{
    private const int RowsAtOnce = 5_000;
    private const int Seconds = 60;
    private const int WaitsDays = 30;
    private const string Day = "(@before at time zone 'Asia/Shanghai')::date";

    public async Task<int> ForgetAsync(RetentionPeriods periods, DateTimeOffset now, CancellationToken ct)
    {
        var rows = 0;
        foreach (var (days, sql) in (IEnumerable<(int, string)>)
        [
            (periods.Messages,
                """
                update citizen_message set openid = '', words = '', data = '{}', url = ''
                where id in (select id from citizen_message where created_at < @before and openid <> '' and status not in ('waiting', 'sending', 'granting') limit @RowsAtOnce)
                """),
            (periods.FormerFollowers,
                """
                delete from follower where openid in (
                    select openid from follower where not subscribed and unsubscribed_at < @before limit @RowsAtOnce)
                """),
            // A place is kept for a day; what somebody waited for is over with its day, but for questions about it.
            (1, "delete from citizen_place where told_at < @before"),
            (WaitsDays,
                $"""
                delete from waitlist where id in (
                    select id from waitlist where day < {Day} and status not in ('waiting', 'offered') limit @RowsAtOnce)
                """),
            (periods.StaffSessions,
                "delete from staff_session where id in (select id from staff_session where last_seen_at < @before limit @RowsAtOnce)"),
            (periods.Readings,
                $"delete from policy_reading where day < {Day}"),
            (periods.PrivacyRequests,
                """
                delete from privacy_request where id in (
                    select id from privacy_request where coalesce(done_at, lapses_at) < @before limit @RowsAtOnce)
                """),
            (periods.Commenters,
                """
                update consultation_comment set openid = null, openid_hash = null where id in (
                    select m.id from consultation_comment m join consultation c on c.id = m.consultation
                    where m.openid_hash is not null and coalesce(c.report_public_at, c.stopped_at) < @before limit @RowsAtOnce)
                """),
            (periods.Visits,
                $"""
                update booking set {BookingSql.Nobodys} where number in (
                    select number from booking where day < {Day} and name <> '' limit @RowsAtOnce)
                """),
            (periods.Visits,
                $"update visit set openid = '' where id in (select id from visit where day < {Day} and openid <> '' limit @RowsAtOnce)"),
            (periods.Visits,
                $"delete from waitlist where id in (select id from waitlist where day < {Day} limit @RowsAtOnce)"),
            (periods.Visits,
                """
                update booking_ban set openid = '', appeal_openid = '', appeal = null, appealed_at = null where id in (
                    select id from booking_ban where until < @before and (openid <> '' or appeal_openid <> '') limit @RowsAtOnce)
                """),
            // The lines and pictures go with their conversation.
            (periods.Conversations,
                "delete from conversation where id in (select id from conversation where closed_at < @before limit @RowsAtOnce)"),
        ])
        {
            int piece;
            do
            {
                piece = await db.RunAsync(sql, new { before = now.AddDays(-days).UtcDateTime, RowsAtOnce }, ct, Seconds);
                rows += piece;
            }
            while (piece == RowsAtOnce);
        }

        return rows;
    }
}
