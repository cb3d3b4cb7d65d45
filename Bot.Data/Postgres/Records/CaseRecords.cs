using System.Data.Common;
using System.Text.Json;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>Cases that a citizen filed or joined. The office keeps what was asked of it and what it answered, without whose it was.</summary>
internal sealed class CaseRecords(NpgsqlDataSource db, CaseCitizens citizens, CaseContents photos, ForgottenCases forgotten, IFieldCiphers ciphers, TimeProvider clock) : ICitizenRecords
{
    // The steps of the forms in which citizens write what it is about.
    private static readonly string[] s_words = ["opening", "story", "what"];

    public IReadOnlyList<string> Tables => ["case_citizen", "case_photo", "case_draft"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var of = new { hash = await citizens.HashAsync(citizen, ct) };
        return
        [
            await db.SectionAsync("工单",
                """
                select c.number as "编号", c.filed_at as "提交时间", k.name as "类别", c.story as "内容", c.story_sealed as "内容（原文）", c.contact as "联系方式", c.address as "地点",
                    c.latitude as "纬度", c.longitude as "经度", c.anonymous as "匿名",
                    (select string_agg(a ->> 'prompt' || '：' || (a ->> 'answer'), '；') from json_array_elements(c.answers) a) as "补充问题",
                    c.reply as "答复", (select string_agg(d.name, '、' order by d.id) from case_document d where d.case_id = c.id and d.sent_at is not null) as "答复附件",
                    c.rating as "评价（5为最满意）", c.rating_words as "评价内容"
                from case_citizen z join case_file c on c.id = z.case_id join case_category k on k.code = c.category
                where z.openid_hash = @hash and z.owner order by c.id
                """, of, ct, (name, row, value) => cipher.Open(name == "联系方式" ? "case_file.contact" : CaseOriginals.Story, row.GetString(0), value)),
            await db.SectionAsync("工单进展",
                $"""
                select c.number as "编号", e.at as "时间", case e.actor when '{CaseEntry.Citizen}' then '您' when '{CaseEntry.System}' then '系统' else '工作人员' end as "谁",
                    case e.state when 'filed' then '待受理' when 'accepted' then '已受理' when 'dispatched' then '已转办' when 'handling' then '办理中' when 'answered' then '已答复'
                        when 'rating' then '待评价' when 'closed' then '已办结' when 'refused' then '不予受理' when 'merged' then '已合并' else '已撤回' end as "状态", e.words as "内容",
                    e.words_sealed as "内容（原文）", replace(e.run_id::text, '-', '') as _run
                from case_citizen z join case_file c on c.id = z.case_id join case_event e on e.case_id = c.id
                where z.openid_hash = @hash and z.owner and (e.shown or e.actor = '{CaseEntry.Citizen}') order by e.id
                """, of, ct, (_, row, value) => cipher.Open(CaseOriginals.Words, row.GetString(row.GetOrdinal("_run")), value)),
            // What others wrote there is theirs.
            await db.SectionAsync("您加入的工单",
                """
                select c.number as "编号", k.name as "类别", z.joined_at as "加入时间"
                from case_citizen z join case_file c on c.id = z.case_id join case_category k on k.code = c.category
                where z.openid_hash = @hash and not z.owner order by c.id
                """, of, ct),
            await db.SectionAsync("您发送的照片和视频",
                """
                select c.number as "工单编号", p.sent_at as "时间", case when p.video then '视频' else '照片' end as "种类",
                    case p.status when 'kept' then '已保存' when 'failed' then '没有保存成功' else '正在保存' end as "保存情况"
                from case_photo p left join case_file c on c.id = p.case_id where p.openid_hash = @hash order by p.id
                """, of, ct),
            await db.SectionAsync("没有写完的内容", "select kept_at as \"时间\", form as \"内容\", openid_hash as _hash from case_draft where openid_hash = any(@drafts)",
                new { drafts = await DraftsAsync(citizen, ct) }, ct, (_, row, value) => Words(cipher.Open("case_draft.form", HashOf(row), value))),
        ];
    }

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct)
    {
        const string Own = "select case_id from case_citizen where openid_hash = @hash and owner";
        var of = new { hash = await citizens.HashAsync(citizen, ct) };
        // What is still being handled needs its words: they go on the night after it is closed.
        var marked = await db.EraseAsync($"update case_file set contact = null, story_sealed = null, erased_at = now() where id in ({Own}) and erased_at is null", of, ct);
        await db.EraseAsync($"update case_event set words_sealed = null where case_id in ({Own}) and words_sealed is not null", of, ct);
        await forgotten.ForgetAsync($"erased_at is not null and id in ({Own})", of, clock.GetUtcNow(), ct);
        return marked
            + await photos.DropPhotosAsync($"openid_hash = @hash and (case_id is null or case_id not in ({Own}))", of, ct)
            + await db.EraseAsync("update case_photo set openid = null, openid_hash = null where openid_hash = @hash", of, ct)
            + await db.EraseAsync("delete from case_draft where openid_hash = any(@drafts)", new { drafts = await DraftsAsync(citizen, ct) }, ct)
            + await db.EraseAsync("delete from case_citizen where openid_hash = @hash", of, ct);
    }

    private Task<byte[][]> DraftsAsync(OpenId citizen, CancellationToken ct) =>
        Task.WhenAll(ICaseDrafts.Flows.Select(flow => citizens.DraftHashAsync(citizen, flow, ct).AsTask()));

    private static string HashOf(DbDataReader row) => Convert.ToHexString(row.GetFieldValue<byte[]>(row.GetOrdinal("_hash")));

    // The form as its session keeps it: its answers in order.
    private static string Words(string form)
    {
        using var json = JsonDocument.Parse(form);
        return json.RootElement.TryGetProperty("answers", out var answers)
            ? string.Join('\n', answers.EnumerateArray().Where(a => s_words.Contains(a.GetProperty("step").GetString()))
                // Beside words there are photos, which begin with a mark of their own.
                .Select(a => a.TryGetProperty("value", out var value) ? value.GetString() : null).Where(words => words is [var first, ..] && !char.IsControl(first)))
            : "";
    }
}
