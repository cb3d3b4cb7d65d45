using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>What a citizen said of draft policies. The office keeps what was said, without who said it.</summary>
internal sealed class ConsultationRecords(NpgsqlDataSource db, IFieldCiphers ciphers) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["consultation_comment"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await db.SectionAsync("对征求意见稿提的意见",
            """
            select v.paper ->> 'title' as "征求意见稿", m.made_at as "时间", m.words as "意见",
                case m.state when 'waiting' then '待审核' when 'shown' then '已公开' else '未公开' end as "公开情况", m.reason as "未公开的原因",
                case p.verdict when 'adopted' then '采纳' when 'partly' then '部分采纳' when 'declined' then '未采纳' end as "采纳情况"
            from consultation_comment m
            join consultation_version v on v.consultation = m.consultation and v.version = m.version
            left join consultation_point p on p.id = m.point
            where m.openid_hash = @hash order by m.id
            """, new { hash = await HashAsync(citizen, ct) }, ct),
    ];

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct) => await db.EraseAsync(
        "update consultation_comment set openid = null, openid_hash = null where openid_hash = @hash", new { hash = await HashAsync(citizen, ct) }, ct);

    private async Task<byte[]> HashAsync(OpenId citizen, CancellationToken ct) => ConsultationSql.Hash(await ciphers.GetAsync(ct), citizen);
}
