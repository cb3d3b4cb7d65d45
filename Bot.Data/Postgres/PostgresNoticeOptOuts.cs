using Bot.Data.Notices;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeOptOuts(NpgsqlDataSource db, TimeProvider clock) : INoticeOptOuts
{
    public Task OptOutAsync(OpenId citizen, CancellationToken ct) => db.RunAsync(
        "insert into notice_opt_out (openid, at) values (@openId, @now) on conflict (openid) do nothing",
        new { openId = citizen.Value, now = clock.GetUtcNow().UtcDateTime }, ct);

    public Task OptInAsync(OpenId citizen, CancellationToken ct) =>
        db.RunAsync("delete from notice_opt_out where openid = @openId", new { openId = citizen.Value }, ct);

    public async Task<bool> IsOutAsync(OpenId citizen, CancellationToken ct) =>
        (await db.ReadAsync("select true from notice_opt_out where openid = @openId", new { openId = citizen.Value }, r => r.GetBoolean(0), ct)).Count > 0;
}
