using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>Notices that went to a citizen, and the wish to get none.</summary>
internal sealed class NoticeRecords(NpgsqlDataSource db, PostgresNoticeErasure erasure) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["notice_recipient", "notice_event", "notice_opt_out", "subscription_grant", "subscription_entry", "staff_openid", "article_push"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct) =>
    [
        await db.SectionAsync("发给您的模板通知",
            """
            select n.created_at as "产生时间", r.sent_at as "发出时间", v.title as "通知", r.data::text as "内容"
            from notice_recipient r
            join notice n on n.id = r.notice_id
            join notice_template_version v on v.id = n.template_version
            where r.openid = @Value order by n.id
            """, new { citizen.Value }, ct),
        await db.SectionAsync("通知退订记录", "select at as \"退订时间\" from notice_opt_out where openid = @Value", new { citizen.Value }, ct),
        await db.SectionAsync("订阅授权记录",
            """
            select coalesce(t.title, e.template_id) as "通知", case e.kind when 'accept' then '同意' when 'reject' then '拒绝' else e.kind end as "操作", e.at as "时间"
            from subscription_entry e left join subscription_template t on t.template_id = e.template_id
            where e.openid = @Value order by e.at
            """, new { citizen.Value }, ct),
        await db.SectionAsync("还可以发给您的订阅通知",
            """
            select coalesce(t.title, g.template_id) as "通知", case when g.long_term then '长期' else g.remaining::text || '次' end as "次数", g.changed_at as "时间"
            from subscription_grant g left join subscription_template t on t.template_id = g.template_id where g.openid = @Value order by g.changed_at
            """, new { citizen.Value }, ct),
        await db.SectionAsync("微信的送达回执", "select at as \"时间\", status as \"结果\" from notice_event where openid = @Value order by at", new { citizen.Value }, ct),
        await db.SectionAsync("文章预览", "select made_at as \"时间\" from article_push where reader = @Value order by id", new { citizen.Value }, ct),
        await db.SectionAsync("绑定的工作人员账号", "select s.name as \"账号\", o.bound_at as \"绑定时间\" from staff_openid o join staff s on s.id = o.staff where o.openid = @Value", new { citizen.Value }, ct),
    ];

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct) =>
        await erasure.EraseAsync(citizen, ct)
        + await db.EraseAsync("delete from notice_event where openid = @Value", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from notice_opt_out where openid = @Value", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from subscription_grant where openid = @Value", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from subscription_entry where openid = @Value", new { citizen.Value }, ct)
        // One that goes out this minute is let go, and forgets its reader by itself.
        + await db.EraseAsync("update article_push set reader = null where reader = @Value and state = 'doubtful'", new { citizen.Value }, ct)
        + await db.EraseAsync("delete from staff_openid where openid = @Value", new { citizen.Value }, ct);
}
