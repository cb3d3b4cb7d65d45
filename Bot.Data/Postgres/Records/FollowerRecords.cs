using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>That somebody follows the account, what they agreed to, and what they asked for of their data.</summary>
internal sealed class FollowerRecords(NpgsqlDataSource db) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["follower", "consent"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await db.SectionAsync("关注情况",
            """
            select subscribed as "正在关注", followed_at as "关注时间", unsubscribed_at as "取消关注时间", scene as "扫描的二维码", last_message_at as "最近一次发消息"
            from follower where openid = @Value
            """, new { citizen.Value }, ct),
        await db.SectionAsync("隐私告知同意记录",
            """
            select purpose as "用途", version as "告知版本", given_at as "同意时间" from consent where openid = @Value order by given_at
            """, new { citizen.Value }, ct),
        // Erased by whoever does what was asked.
        await db.SectionAsync("查阅和删除申请",
            """
            select case kind when 'erase' then '删除' else '查阅' end as "申请", asked_at as "时间" from privacy_request where openid = @Value order by id
            """, new { citizen.Value }, ct),
    ];

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct) =>
        await db.EraseAsync("delete from follower where openid = @Value", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from consent where openid = @Value", new { citizen.Value }, ct);
}
