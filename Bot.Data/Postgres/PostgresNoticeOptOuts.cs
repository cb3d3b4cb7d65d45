using Bot.Data.Notices;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeOptOuts(NpgsqlDataSource db, TimeProvider clock) : INoticeOptOuts
{
    public Task ChooseAsync(OpenId citizen, NoticeOptOut choice, CancellationToken ct) => choice is NoticeOptOut.None
        ? db.RunAsync("delete from notice_opt_out where openid = @openId", new { openId = citizen.Value }, ct)
        : db.RunAsync(
            """
            insert into notice_opt_out (openid, at, everything) values (@openId, @now, @everything)
            on conflict (openid) do update set everything = excluded.everything
            """, new { openId = citizen.Value, now = clock.GetUtcNow().UtcDateTime, everything = choice is NoticeOptOut.Everything }, ct);

    public async Task<NoticeOptOut> OfAsync(OpenId citizen, CancellationToken ct) => (await db.ReadAsync(
        "select everything from notice_opt_out where openid = @openId", new { openId = citizen.Value }, row => row.GetBoolean(0), ct)) switch
    {
        [] => NoticeOptOut.None,
        [true, ..] => NoticeOptOut.Everything,
        _ => NoticeOptOut.Bulk,
    };
}
