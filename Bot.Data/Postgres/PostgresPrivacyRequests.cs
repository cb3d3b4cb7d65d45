using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Data.Sessions;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPrivacyRequests(NpgsqlDataSource db, IEnumerable<ICitizenRecords> records, ISessionErasure sessions) : IPrivacyRequests
{
    private const int KeyLength = 32;
    private const string KeyCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    public async Task<long> AskEraseAsync(OpenId citizen, string askedBy, string? reason, DateTimeOffset dueAt, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two requests of one citizen at once: the second waits here, and finds the first.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@Value, 0))", new { citizen.Value }, transaction, cancellationToken: ct));
        var id = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select id from privacy_request where kind = 'erase' and openid = @Value", new { citizen.Value }, transaction, cancellationToken: ct));
        id ??= await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "insert into privacy_request (kind, openid, asked_by) values ('erase', @Value, @askedBy) returning id",
            new { citizen.Value, askedBy }, transaction, cancellationToken: ct));
        var number = Number(id.Value);
        await JobSql.EnqueueAsync(connection, transaction, new NewJob(IPrivacyRequests.EraseJob, number, number, dueAt), ct);
        if (reason is not null)
            await AuditAsync(connection, transaction, askedBy, "privacy.ask_erase", id.Value, ("reason", reason), ct);
        await transaction.CommitAsync(ct);
        return id.Value;
    }

    public async Task<int?> EraseAsync(long request, CancellationToken ct)
    {
        var asked = await db.ReadAsync(
            "select openid, asked_by from privacy_request where id = @request and kind = 'erase' and done_at is null", new { request },
            row => (Citizen: new OpenId(row.GetString(0)), By: row.GetString(1)), ct);
        if (asked is not [var (citizen, by)])
            return null;
        ErasureWaitsException? waits = null;
        foreach (var part in records)
        {
            try
            {
                // Counted at once: a run that is cut short, or finds Redis away, has done this much all the same.
                if (await part.EraseAsync(citizen, ct) is > 0 and var erased)
                    await db.RunAsync("update privacy_request set rows = coalesce(rows, 0) + @erased where id = @request", new { request, erased }, ct);
            }
            catch (ErasureWaitsException e)
            {
                waits = e;
            }
        }

        await sessions.ForgetAsync(citizen);
        // Whom to ask for has to be known until then.
        if (waits is not null)
            throw waits;

        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Requests to see the data hold the openid too.
        await connection.ExecuteAsync(new CommandDefinition(
            "update privacy_request set openid = '' where kind = 'export' and openid = @Value", new { citizen.Value }, transaction, cancellationToken: ct));
        var rows = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "update privacy_request set openid = '', done_at = now(), rows = coalesce(rows, 0) where id = @request and done_at is null returning rows",
            new { request }, transaction, cancellationToken: ct));
        if (rows is { } all)
            await AuditAsync(connection, transaction, Actor(by), "privacy.erase", request, ("rows", Number(all)), ct);
        await transaction.CommitAsync(ct);
        return rows;
    }

    public async Task<string> AskExportAsync(OpenId citizen, string askedBy, DateTimeOffset lapsesAt, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetString(KeyCharacters, KeyLength);
        await db.RunAsync(
            "insert into privacy_request (kind, openid, asked_by, key_hash, lapses_at) values ('export', @Value, @askedBy, @hash, @lapsesAt)",
            new { citizen.Value, askedBy, hash = Hash(key), lapsesAt = lapsesAt.UtcDateTime }, ct);
        return key;
    }

    public async Task<IReadOnlyList<RecordSection>?> ExportAsync(string key, CancellationToken ct)
    {
        var asked = await db.ReadAsync(
            """
            update privacy_request set done_at = coalesce(done_at, now())
            where key_hash = @hash and lapses_at > now() and openid <> ''
            returning openid
            """, new { hash = Hash(key) }, row => new OpenId(row.GetString(0)), ct);
        return asked is [var citizen] ? await AllAsync(citizen, ct) : null;
    }

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, string askedBy, string? reason, CancellationToken ct)
    {
        var sections = await AllAsync(citizen, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await AuditAsync(connection, null, Actor(askedBy), "privacy.export", 0, reason is null ? ("rows", Number(sections.Sum(s => s.Rows.Count))) : ("reason", reason), ct);
        return sections;
    }

    private async Task<IReadOnlyList<RecordSection>> AllAsync(OpenId citizen, CancellationToken ct)
    {
        List<RecordSection> all = [];
        foreach (var part in records)
            all.AddRange((await part.ExportAsync(citizen, ct)).Where(section => section.Rows.Count > 0));
        return all;
    }

    private static Task AuditAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string actor, string act, long request, (string Name, string Value) detail, CancellationToken ct) =>
        AuditSql.WriteAsync(connection, transaction, new AuditAct(actor, act, "privacy_request", Number(request))
        {
            Details = new Dictionary<string, string?> { [detail.Name] = detail.Value },
        }, ct);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The audit log names no citizen.
    private static string Actor(string askedBy) => askedBy == IPrivacyRequests.AskedByCitizen ? "system:citizen" : askedBy;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
