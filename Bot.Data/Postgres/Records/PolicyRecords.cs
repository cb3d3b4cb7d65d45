using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>What a citizen wants to be told of. Questions as such are kept without who asked them.</summary>
internal sealed class PolicyRecords(NpgsqlDataSource db) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["topic_subscription", "policy_waiting"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await db.SectionAsync("订阅的主题",
            """
            select topic as "主题", since as "订阅时间" from topic_subscription where openid = @Value order by since
            """, new { citizen.Value }, ct),
        await db.SectionAsync("等待答案的问题",
            """
            select m.question as "问题", w.since as "登记时间"
            from policy_waiting w join policy_miss m using (normal)
            where openid = @Value
            order by w.since
            """, new { citizen.Value }, ct),
    ];

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct) =>
        await db.EraseAsync("delete from topic_subscription where openid = @Value", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from policy_waiting where openid = @Value", new { citizen.Value }, ct);
}
