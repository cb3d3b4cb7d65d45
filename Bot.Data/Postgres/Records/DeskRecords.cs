using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>What a citizen and the desk said to each other, and the tags that the office gave them.</summary>
internal sealed class DeskRecords(NpgsqlDataSource db, IFieldCiphers ciphers) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["conversation", "follower_tag"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await ConversationsAsync(citizen, await ciphers.GetAsync(ct), ct),
        await db.SectionAsync("标签", "select tag as \"标签\", added_at as \"添加时间\" from follower_tag where openid = @Value order by tag", new { citizen.Value }, ct),
    ];

    // The lines go with their conversation.
    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct) =>
        await db.EraseAsync("delete from conversation where openid = @Value", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from follower_tag where openid = @Value", new { citizen.Value }, ct);

    private Task<RecordSection> ConversationsAsync(OpenId citizen, FieldCipher cipher, CancellationToken ct) => db.SectionAsync("人工客服对话",
        $"""
        select l.at as "时间", case when l.staff is null then '您' else '客服' end as "谁说的", coalesce(l.sealed, convert_to(l.words, 'UTF8')) as "内容",
            case p.status when 'kept' then '有，保存在对话中' end as "图片", l.words as _words, l.seal_id as _id, l.sealed as _sealed
        from conversation c join conversation_line l on l.conversation = c.id left join conversation_picture p on p.line = l.id
        where c.openid = @Value order by l.id
        """, new { citizen.Value }, ct, (_, row, _) => DeskWords.Open(cipher, row, row.GetOrdinal("_words")));
}
