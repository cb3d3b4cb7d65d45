using System.Globalization;
using Bot.Data.Conversations;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresConversations(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : IConversations, IDeskCalls
{
    private const int LongestWords = 2000;
    private const int LongestGlimpse = 80;

    private const string Columns = $"c.id, c.openid, c.opened_at, c.heard_at, c.closed_at, c.closed_by, c.answered_by, c.waits, {DeskWords.Columns}";

    private const string WithLast = "conversation c left join lateral (select * from conversation_line where conversation = c.id order by id desc limit 1) l on true";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OpenAsync(OpenId citizen, CancellationToken ct) => db.RunAsync(
        """
        insert into conversation (openid, opened_at, heard_at, waits) values (@openId, @now, @now, true)
        on conflict (openid) where closed_at is null do update set heard_at = @now, waits = true
        """, new { openId = citizen.Value, now = Now }, ct);

    public async Task<bool> HearAsync(OpenId citizen, string words, string key, string? picture, CancellationToken ct)
    {
        var (id, sealedWords) = DeskWords.Seal(await ciphers.GetAsync(ct), words.Length > LongestWords ? words[..LongestWords] : words);
        return (await db.ReadAsync(
        """
        with c as (
            update conversation set heard_at = @now, waits = true
            where openid = @openId and closed_at is null and heard_at > @now - interval '48 hours'
            returning id),
        l as (
            insert into conversation_line (conversation, words, seal_id, sealed, key, at, sent) select id, @Instead, @id, @sealedWords, @key, @now, true from c
            on conflict (conversation, key) do nothing
            returning id),
        p as (
            insert into conversation_picture (line, media_id, status) select id, @picture, 'fetching' from l where @picture::text is not null
            returning line),
        j as (
            insert into job (kind, key, data, due_at) select @kind, line::text, to_json(line), @now from p
            on conflict (kind, key) do nothing
            returning pg_notify(@channel, ''))
        select id, (select count(*) from j) from c
        """, new { picture, kind = IDeskPictures.JobKind, channel = JobSql.Channel, openId = citizen.Value, DeskWords.Instead, id, sealedWords, key, now = Now }, row => row.GetInt64(0), ct)).Count > 0;
    }

    public Task LeaveAsync(OpenId citizen, CancellationToken ct) => db.RunAsync(
        "update conversation set closed_at = @now, waits = false where openid = @openId and closed_at is null", new { openId = citizen.Value, now = Now }, ct);

    public async Task<IReadOnlyList<ConversationRow>> ListAsync(bool closed, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        return await db.ReadAsync(
            closed
                ? $"select {Columns} from {WithLast} where c.closed_at > @now - interval '30 days' order by c.closed_at desc limit 200"
                : $"""
                  select {Columns} from {WithLast}
                  where c.closed_at is null and c.heard_at > @now - interval '48 hours'
                  order by c.waits desc, c.heard_at limit 200
                  """, new { now = Now }, row => Read(cipher, row), ct);
    }

    public async Task<(ConversationRow Row, IReadOnlyList<ConversationLine> Lines)?> FindAsync(long id, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        if ((await db.ReadAsync($"select {Columns} from {WithLast} where c.id = @id", new { id }, row => Read(cipher, row), ct)).SingleOrDefault() is not { } row)
            return null;
        var lines = await db.ReadAsync(
            $"""
            select * from (
                select l.id, l.staff, l.at, l.sent, l.error, p.status, {DeskWords.Columns} from conversation_line l left join conversation_picture p on p.line = l.id
                where l.conversation = @id order by l.id desc limit 200
            ) l order by id
            """,
            new { id },
            l => new ConversationLine(l.GetInt64(0), l.Text(1), DeskWords.Open(cipher, l, 6), l.Time(2)!.Value, l.IsDBNull(3) ? null : l.GetBoolean(3), l.Number(4), l.Text(5)), ct);
        return (row, lines);
    }

    // The answer's words are the conversation's, not the audit log's.
    public async Task<long?> AnswerAsync(long id, string words, StaffMember actor, CancellationToken ct)
    {
        var (sealId, sealedWords) = DeskWords.Seal(await ciphers.GetAsync(ct), words);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var line = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            with c as (
                update conversation set waits = false, answered_by = @Name
                where id = @id and closed_at is null and heard_at > @now - interval '48 hours'
                returning id)
            insert into conversation_line (conversation, staff, words, seal_id, sealed, at) select id, @Name, @Instead, @sealId, @sealedWords, @now from c
            returning id
            """, new { id, DeskWords.Instead, sealId, sealedWords, actor.Name, now = Now }, transaction, cancellationToken: ct));
        if (line is null)
            return null;
        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "conversation.answer", "conversation", id.ToString(CultureInfo.InvariantCulture)), ct);
        await transaction.CommitAsync(ct);
        return line;
    }

    public Task SentAsync(long line, int? error, CancellationToken ct) =>
        db.RunAsync("update conversation_line set sent = @error::integer is null, error = @error where id = @line", new { line, error }, ct);

    public Task<bool> CloseAsync(long id, StaffMember actor, CancellationToken ct) => AuditSql.ActAsync(
        db, "update conversation set closed_at = @now, closed_by = @Name, waits = false where id = @id and closed_at is null returning id::text",
        new { id, actor.Name, now = Now }, conversation => new(actor.Name, "conversation.close", "conversation", conversation), ct);

    public async Task<IReadOnlyList<CannedReply>> CannedAsync(CancellationToken ct) => await db.ReadAsync(
        "select id, title, words from canned_reply order by title limit 100", new { }, row => new CannedReply(row.GetInt64(0), row.GetString(1), row.GetString(2)), ct);

    public Task<bool> AddCannedAsync(string title, string words, StaffMember actor, CancellationToken ct) => CannedAsync(
        "insert into canned_reply (title, words) values (@title, @words) on conflict (title) do nothing returning title", new { title, words }, actor, "canned.add", ct);

    public Task DeleteCannedAsync(long id, StaffMember actor, CancellationToken ct) =>
        CannedAsync("delete from canned_reply where id = @id returning title", new { id }, actor, "canned.delete", ct);

    private Task<bool> CannedAsync(string sql, object parameters, StaffMember actor, string act, CancellationToken ct) =>
        AuditSql.ActAsync(db, sql, parameters, title => new(actor.Name, act, "canned_reply", title), ct);

    private static ConversationRow Read(FieldCipher cipher, System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), new(row.GetString(1)), row.Time(2)!.Value, row.Time(3)!.Value, row.Time(4), row.Text(5),
        row.Text(6), row.GetBoolean(7), Glimpse(DeskWords.Open(cipher, row, 8)));

    private static string Glimpse(string words) => words.Length <= LongestGlimpse ? words : words[..(char.IsHighSurrogate(words[LongestGlimpse - 1]) ? LongestGlimpse - 1 : LongestGlimpse)];
}
