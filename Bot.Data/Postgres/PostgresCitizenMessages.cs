using System.Data.Common;
using System.Text.Json;
using Bot.Data.Messages;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCitizenMessages(NpgsqlDataSource db, TimeProvider clock) : ICitizenMessages
{
    private const int LongestError = 300;

    private const string Columns =
        """
        m.id, m.key, m.openid, m.words, m.template, m.data::text, m.url, m.status, m.expires_at, coalesce(f.subscribed, true), f.last_message_at,
        m.created_at, m.notice_id, m.error
        """;

    public async Task AddAsync(NewCitizenMessage message, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CitizenMessageSql.AddAsync(connection, transaction, message, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<CitizenMessage?> FindAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        $"select {Columns} from citizen_message m left join follower f on f.openid = m.openid where m.id = @id", new { id }, Read, ct)).SingleOrDefault();

    public async Task<bool> BeginSendingAsync(long id, CancellationToken ct) =>
        await db.RunAsync("update citizen_message set status = 'sending' where id = @id and status = 'waiting'", new { id }, ct) == 1;

    public Task EndAsync(long id, CitizenMessageStatus status, string? noticeId, string? error, CancellationToken ct) => db.RunAsync(
        """
        update citizen_message set status = @status, notice_id = @noticeId, error = @error, told_at = case when @told then @now end
        where id = @id and status in ('waiting', 'sending')
        """,
        new
        {
            id, status = status.ToString().ToLowerInvariant(), noticeId, error = error is { Length: > LongestError } ? error[..LongestError] : error,
            told = status is CitizenMessageStatus.Sent or CitizenMessageStatus.Noticed, now = clock.GetUtcNow().UtcDateTime,
        }, ct);

    public async Task<IReadOnlyList<CitizenMessage>> UndeliveredAsync(long before, int limit, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {Columns} from citizen_message m left join follower f on f.openid = m.openid
        where m.status in ('undelivered', 'unknown') and (@before = 0 or m.id < @before)
        order by m.id desc limit @limit
        """, new { before, limit = Math.Clamp(limit, 1, 500) }, Read, ct);

    private static CitizenMessage Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), new OpenId(row.GetString(2)), row.GetString(3), row.GetString(4),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(5)) ?? [], row.GetString(6),
        Enum.Parse<CitizenMessageStatus>(row.GetString(7), ignoreCase: true), NoticeSql.Time(row, 8), row.GetBoolean(9), NoticeSql.Time(row, 10),
        NoticeSql.Time(row, 11)!.Value, NoticeSql.Text(row, 12), NoticeSql.Text(row, 13));
}
