using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>What our own processes told a citizen. What is still to be told is called off.</summary>
internal sealed class MessageRecords(NpgsqlDataSource db) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["citizen_message"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await db.SectionAsync("发给您的消息",
            """
            select created_at as "产生时间", told_at as "发出时间", words as "内容" from citizen_message where openid = @Value order by id
            """, new { citizen.Value }, ct),
    ];

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct)
    {
        // The job of a message that waits finds it called off.
        await db.EraseAsync(
            "update citizen_message set status = 'cancelled' where openid = @Value and status = 'waiting'", new { citizen.Value }, ct);
        return await db.EraseAsync(
            "update citizen_message set openid = '', words = '', data = '{}', url = '', notice_choices = '{}' where openid = @Value", new { citizen.Value }, ct);
    }
}
