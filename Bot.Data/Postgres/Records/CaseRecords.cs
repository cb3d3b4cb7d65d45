using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>Cases that a citizen filed or joined. The office keeps what was handled, without whose it was.</summary>
internal sealed class CaseRecords(NpgsqlDataSource db, CaseCitizens citizens, CaseContents photos) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["case_citizen", "case_photo", "case_draft"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await db.SectionAsync("工单",
            """
            select c.number as "编号", c.filed_at as "提交时间", c.story as "内容", c.address as "地点", c.reply as "答复",
                (select string_agg(d.name, '、' order by d.id) from case_document d where d.case_id = c.id and d.sent_at is not null and z.owner) as "答复附件", z.owner as "本人提交"
            from case_citizen z join case_file c on c.id = z.case_id where z.openid_hash = @hash order by c.id
            """, new { hash = await citizens.HashAsync(citizen, ct) }, ct),
    ];

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct)
    {
        var hash = await citizens.HashAsync(citizen, ct);
        var drafts = await Task.WhenAll(ICaseDrafts.Flows.Select(flow => citizens.DraftHashAsync(citizen, flow, ct).AsTask()));
        return await db.EraseAsync(
                """
                update case_file set contact = null, story_sealed = null
                where id in (select case_id from case_citizen where openid_hash = @hash and owner) and num_nulls(contact, story_sealed) < 2
                """, new { hash }, ct)
            + await photos.DropLooseAsync("openid_hash = @hash", new { hash }, ct)
            + await db.EraseAsync("update case_photo set openid = null, openid_hash = null where openid_hash = @hash", new { hash }, ct)
            + await db.EraseAsync("delete from case_draft where openid_hash = any(@drafts)", new { drafts }, ct)
            + await db.EraseAsync("delete from case_citizen where openid_hash = @hash", new { hash }, ct);
    }
}
