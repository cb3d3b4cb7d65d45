using System.Globalization;
using Bot.Data.Consents;
using Bot.WeChat;
using Bot.WeChat.Api;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresConsents(NpgsqlDataSource db, TimeProvider clock) : IConsents
{
    private const int LongTerm = 3;
    private const int LongestError = 300;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task HearAsync(OpenId citizen, string templateId, bool accepted, long eventTime, CancellationToken ct) => accepted
        ? db.RunAsync(
            """
            with entry as (
                insert into subscription_entry (openid, template_id, kind, cause, at) values (@openId, @templateId, 'accept', @cause, @now)
                on conflict (openid, template_id, kind, cause) do nothing returning openid, template_id),
            t as (select coalesce((select long_term from subscription_template where template_id = @templateId), false) as long_term)
            insert into subscription_grant as g (openid, template_id, remaining, long_term, changed_at)
            select openid, template_id, case when t.long_term then 0 else 1 end, t.long_term, @now from entry, t
            on conflict (openid, template_id) do update set
                remaining = least(g.remaining + excluded.remaining, 10000), long_term = excluded.long_term, changed_at = @now
            """, new { openId = citizen.Value, templateId, cause = Text(eventTime), now = Now }, ct)
        : EndAsync(citizen, templateId, "reject", Text(eventTime), ct);

    public Task VoidAsync(OpenId citizen, string templateId, string cause, CancellationToken ct) => EndAsync(citizen, templateId, "void", cause, ct);

    public Task HearOutcomeAsync(OpenId citizen, string templateId, string? error, CancellationToken ct) => db.RunAsync(
        """
        update citizen_message set status = case when @error::text is null then 'granted' else 'undelivered' end, error = @error,
            told_at = case when @error::text is null then coalesce(told_at, @now) end
        where id = (
            select id from citizen_message
            where openid = @openId and grant_template = @templateId and status in ('granting', 'granted', 'unknown')
            order by id desc limit 1)
        """, new { openId = citizen.Value, templateId, error = error is { Length: > LongestError } ? error[..LongestError] : error, now = Now }, ct);

    public async Task<int> HeldAsync(OpenId citizen, string templateId, CancellationToken ct) => (await db.ReadAsync(
        "select remaining, long_term from subscription_grant where openid = @openId and template_id = @templateId",
        new { openId = citizen.Value, templateId }, row => row.GetBoolean(1) ? int.MaxValue : row.GetInt32(0), ct)).SingleOrDefault();

    public Task SyncAsync(IReadOnlyList<SubscriptionTemplate> listed, CancellationToken ct) => db.RunAsync(
        """
        insert into subscription_template as s (template_id, code, title, content, long_term)
        select l.template_id, coalesce((
                select t.code from notice_template t join notice_template_version v on v.template = t.id and v.version = t.version
                where v.title = l.title order by t.active desc, t.id limit 1), ''), l.title, l.content, l.long_term
        from unnest(@ids, @titles, @contents, @longTerms) as l (template_id, title, content, long_term)
        order by l.template_id
        on conflict (template_id) do update set
            code = excluded.code, title = excluded.title, content = excluded.content, long_term = excluded.long_term, active = true;
        update subscription_template set active = false where active and template_id <> all(@ids)
        """,
        new
        {
            ids = listed.Select(t => t.TemplateId).ToArray(), titles = listed.Select(t => Cut(t.Title, 200)).ToArray(),
            contents = listed.Select(t => Cut(t.Content, 4000)).ToArray(), longTerms = listed.Select(t => t.Type == LongTerm).ToArray(),
        }, ct);

    private Task<int> EndAsync(OpenId citizen, string templateId, string kind, string cause, CancellationToken ct) => db.RunAsync(
        """
        with entry as (
            insert into subscription_entry (openid, template_id, kind, cause, at) values (@openId, @templateId, @kind, @cause, @now)
            on conflict (openid, template_id, kind, cause) do nothing returning openid, template_id)
        update subscription_grant g set remaining = 0, long_term = false, changed_at = @now
        from entry e where g.openid = e.openid and g.template_id = e.template_id
        """, new { openId = citizen.Value, templateId, kind, cause, now = Now }, ct);

    private static string Text(long eventTime) => eventTime.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
