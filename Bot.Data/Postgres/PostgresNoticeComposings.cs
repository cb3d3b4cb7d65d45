using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeComposings(NpgsqlDataSource db, TimeProvider clock) : INoticeComposings
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<Guid> BeginAsync(string by, string wish, int? expected, CancellationToken ct)
    {
        var (id, now) = (Guid.NewGuid(), clock.GetUtcNow());
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into notice_composing (id, made_by, wish, expected, created_at) values (@id, @by, @wish::json, @expected, @now)",
            new { id, by, wish, expected, now = now.UtcDateTime }, transaction, cancellationToken: ct));
        await JobSql.EnqueueAsync(connection, transaction, new NewJob(INoticeComposings.JobKind, id.ToString(), "{}", now), ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    public async Task<NoticeComposing?> FindAsync(Guid id, CancellationToken ct) => (await db.ReadAsync(
        "select id, made_by, wish::text, expected, gathered, notice, problems::text from notice_composing where id = @id", new { id },
        row => new NoticeComposing(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.GetInt32(4), row.Text(5),
            row.Text(6) is { } problems ? JsonSerializer.Deserialize<Dictionary<string, string>>(problems) : null), ct)).SingleOrDefault();

    public Task GatheredAsync(Guid id, int count, CancellationToken ct) =>
        db.RunAsync("update notice_composing set gathered = @count where id = @id", new { id, count }, ct);

    public Task DoneAsync(Guid id, string notice, CancellationToken ct) =>
        db.RunAsync("update notice_composing set notice = @notice, problems = null where id = @id", new { id, notice }, ct);

    public Task RefusedAsync(Guid id, IReadOnlyDictionary<string, string> problems, CancellationToken ct) => db.RunAsync(
        "update notice_composing set problems = @json::json where id = @id and notice is null", new { id, json = JsonSerializer.Serialize(problems, s_json) }, ct);
}
