using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Writes a notice and its rows in one transaction, a piece of the rows at a time.</summary>
internal sealed class PostgresNoticeMaking(NpgsqlDataSource db, TimeProvider clock)
{
    private const int RowsAtOnce = 2_000;
    private const int Seconds = 60;
    private const string IdLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<NoticeMade> MakeAsync(NewNotice notice, IAsyncEnumerable<NoticeRow> rows, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var publicId = "N" + RandomNumberGenerator.GetString(IdLetters, 20);
        var status = notice.Origin is NoticeOrigin.Console ? NoticeStatus.Draft : notice.ScheduledAt > now ? NoticeStatus.Scheduled : NoticeStatus.Sending;
        if (await InsertAsync(connection, transaction, notice, publicId, status, now, ct) is not { } id)
        {
            await transaction.RollbackAsync(ct);
            return await FindAsync(notice.Idempotency!, ct) ?? await MakeAsync(notice, rows, ct);     // gone again: its maker rolled back
        }

        // A single waits in the index of all singles, so its time stands in the row; others are handed out in order.
        var due = notice.Lane is NoticeLane.Single ? notice.Origin is NoticeOrigin.Console ? now : notice.ScheduledAt ?? now : (DateTimeOffset?)null;
        List<RejectedRow> rejected = [];
        List<NoticeRow> piece = [];
        var accepted = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (row.Problem is { } problem)
            {
                rejected.Add(new(row.Row, problem));
                continue;
            }

            piece.Add(row);
            if (piece.Count < RowsAtOnce)
                continue;
            accepted += await AddAsync(connection, transaction, id, piece, due, ct);
            piece.Clear();
        }

        if (piece.Count > 0)
            accepted += await AddAsync(connection, transaction, id, piece, due, ct);
        if (accepted == 0)
            return new NoticeMade.NothingToSend(rejected);

        await connection.ExecuteAsync(new CommandDefinition(
            $"update notice set recipients = @accepted, rejected = @json::json where id = @id; {(status is NoticeStatus.Sending ? NoticeSql.Ring : "")}",
            new { id, accepted, json = rejected.Count == 0 ? null : JsonSerializer.Serialize(rejected, s_json) }, transaction, Seconds, cancellationToken: ct));
        await AuditSql.WriteAsync(connection, transaction, NoticeAudit.Made(notice, publicId, accepted), ct);
        await transaction.CommitAsync(ct);
        return new NoticeMade.Made(publicId, status, accepted, rejected);
    }

    // Null: the idempotency key is known. A request that is under way with the same key is waited for here.
    private static async Task<long?> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NewNotice notice, string publicId, NoticeStatus status, DateTimeOffset now, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            with n as (
                insert into notice (public_id, origin, template_version, reference, url, lane, status, made_by, scheduled_at, api_key,
                    idempotency_key, body_hash, source_hash, any_hour, simulated, audience, department, created_at, started_at, expires_at, group_kind, group_choice, gathering)
                values (@publicId, @origin, @TemplateVersion, @Reference, @Url, @lane, @status, @MadeBy, @scheduledAt, @apiKey,
                    @key, @hash, @SourceHash, @AnyHour, @Simulated, @Audience, @Department, @now, @startedAt, @expiresAt, @groupKind, @groupChoice, @groupKind::text is not null)
                on conflict (api_key, idempotency_key) do nothing
                returning id, lane),
            y as (insert into notice_tally (notice_id) select id from n),
            f as (insert into notice_fresh (notice_id) select id from n where lane <> 'single')
            select id from n
            """,
            new
            {
                publicId, origin = notice.Origin.Stored(), notice.TemplateVersion, notice.Reference, notice.Url, lane = notice.Lane.Stored(),
                status = status.Stored(), notice.MadeBy, scheduledAt = notice.ScheduledAt?.UtcDateTime, apiKey = notice.Idempotency?.ApiKey,
                key = notice.Idempotency?.Key, hash = notice.Idempotency?.BodyHash, notice.SourceHash, notice.AnyHour, notice.Simulated, notice.Audience, notice.Department,
                now = now.UtcDateTime, startedAt = status is NoticeStatus.Sending ? now.UtcDateTime : (DateTime?)null, expiresAt = notice.ExpiresAt?.UtcDateTime,
                groupKind = notice.Group?.Kind, groupChoice = notice.Group?.Choice,
            }, transaction, Seconds, cancellationToken: ct));

    public async Task<NoticeMade?> FindAsync(Idempotency idempotency, CancellationToken ct) => (await db.ReadAsync<NoticeMade>(
        // The status as it was answered then, whatever became of it since.
        """
        select public_id, case when scheduled_at > created_at then 'scheduled' else 'sending' end, recipients, rejected, body_hash
        from notice where api_key = @ApiKey and idempotency_key = @Key
        """,
        new { idempotency.ApiKey, idempotency.Key },
        row => row.GetFieldValue<byte[]>(4).AsSpan().SequenceEqual(idempotency.BodyHash)
            ? new NoticeMade.Made(
                row.GetString(0), NoticeSpelling.Read<NoticeStatus>(row.GetString(1)), row.GetInt32(2),
                row.IsDBNull(3) ? [] : JsonSerializer.Deserialize<List<RejectedRow>>(row.GetString(3), s_json)!, Repeated: true)
            : new NoticeMade.KeyReused(),
        ct, Seconds)).SingleOrDefault();

    public async Task<IReadOnlyList<RejectedRow>> RejectedAsync(string id, CancellationToken ct) =>
        await db.ReadAsync("select rejected::text from notice where public_id = @id and rejected is not null", new { id }, row => row.GetString(0), ct) is [var json]
            ? JsonSerializer.Deserialize<List<RejectedRow>>(json, s_json)! : [];

    private static Task<int> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, List<NoticeRow> rows, DateTimeOffset? due, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into notice_recipient (notice_id, row_number, openid, data, single, next_attempt_at)
            select @id, r.row_number, r.openid, r.data::json, @single, @due
            from unnest(@numbers, @openIds, @data) as r (row_number, openid, data)
            """,
            new
            {
                id, single = due is not null, due = due?.UtcDateTime, numbers = rows.Select(r => r.Row).ToArray(),
                openIds = rows.Select(r => r.To.Value).ToArray(), data = rows.Select(r => JsonSerializer.Serialize(r.Data, s_json)).ToArray(),
            }, transaction, Seconds, cancellationToken: ct));
}
