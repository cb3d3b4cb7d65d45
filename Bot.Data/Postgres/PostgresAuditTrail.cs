using Bot.Data.Audit;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresAuditTrail(NpgsqlDataSource db, CipherSuite suite) : IAuditTrail
{
    private const int SealedAtOnce = 2_000;
    private const int VerifiedAtOnce = 10_000;
    private const int Seconds = 60;
    private const long Lock = 0x617564697473;           // "audits": one host seals at a time

    private const string Columns = "id, at, actor, act, subject_kind, subject, details::text, seal";

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {Columns} from audit_entry
        where (@Actor::text is null or actor = @Actor)
          and (@Act::text is null or act = @Act)
          and (@SubjectKind::text is null or subject_kind = @SubjectKind)
          and (@Subject::text is null or subject = @Subject)
          and (@from::timestamptz is null or at >= @from)
          and (@to::timestamptz is null or at < @to)
          and (@Before = 0 or id < @Before)
        order by id desc
        limit @Size + 1
        """,
        new { query.Actor, query.Act, query.SubjectKind, query.Subject, from = query.From?.UtcDateTime, to = query.To?.UtcDateTime, query.Before, query.Size }, Read, ct);

    public async Task<AuditEntry?> LastAsync(string act, CancellationToken ct) => (await db.ReadAsync(
        $"select {Columns} from audit_entry where act = @act order by at desc, id desc limit 1", new { act }, Read, ct)).SingleOrDefault();

    public async Task<int> SealAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select pg_try_advisory_xact_lock(@Lock)", new { Lock }, transaction, cancellationToken: ct)))
            return 0;
        var waiting = await connection.ReadAsync(
            transaction, $"select {Columns} from audit_entry where seal is null order by id limit @SealedAtOnce", new { SealedAtOnce }, Read, ct, Seconds);
        if (waiting.Count == 0)
            return 0;
        var last = (await connection.ReadAsync(
            transaction, "select seal, hash from audit_entry where seal is not null order by seal desc limit 1", new { },
            row => (Seal: row.GetInt64(0), Hash: row.GetFieldValue<byte[]>(1)), ct)).SingleOrDefault();
        var (seal, hash) = (last.Seal, last.Hash ?? AuditSeal.Beginning);
        var (seals, before, after) = (new long[waiting.Count], new byte[waiting.Count][], new byte[waiting.Count][]);
        for (var i = 0; i < waiting.Count; i++)
        {
            (seals[i], before[i]) = (++seal, hash);
            after[i] = hash = AuditSeal.HashOf(suite, hash, waiting[i] with { Seal = seal });
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            update audit_entry set seal = s.seal, previous_hash = s.previous_hash, hash = s.hash
            from unnest(@ids, @seals, @before, @after) as s (id, seal, previous_hash, hash)
            where audit_entry.id = s.id
            """, new { ids = waiting.Select(w => w.Id).ToArray(), seals, before, after }, transaction, Seconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return waiting.Count;
    }

    public async Task<AuditVerdict> VerifyAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var (seal, hash, by) = (0L, AuditSeal.Beginning, suite);
        while (true)
        {
            var links = await connection.ReadAsync(
                null, $"select {Columns}, previous_hash, hash from audit_entry where seal > @seal order by seal limit @VerifiedAtOnce", new { seal, VerifiedAtOnce },
                row => (Entry: Read(row), Before: row.GetFieldValue<byte[]>(8), Hash: row.GetFieldValue<byte[]>(9)), ct, Seconds);
            foreach (var (entry, before, stored) in links)
            {
                if (entry.Seal != ++seal || !before.AsSpan().SequenceEqual(hash) || !Fits(ref by, hash, entry, stored))
                    return new(seal - 1, 0, seal, Convert.ToHexStringLower(hash));
                hash = stored;
            }

            if (links.Count < VerifiedAtOnce)
                break;
        }

        // Places that no chain has would be read by nobody above, and yet be shown.
        var (waiting, outside) = (await connection.ReadAsync(
            null, "select count(*) filter (where seal is null), count(*) filter (where seal < 1) from audit_entry", new { }, row => (row.GetInt64(0), row.GetInt64(1)), ct, Seconds)).Single();
        return new(seal, waiting, null, seal == 0 ? "" : Convert.ToHexStringLower(hash)) { Outside = outside };
    }

    // The setting may have changed: what one of the two digests makes of an entry is as sound as what the other makes.
    private static bool Fits(ref CipherSuite by, byte[] before, AuditEntry entry, byte[] stored)
    {
        if (stored.AsSpan().SequenceEqual(AuditSeal.HashOf(by, before, entry)))
            return true;
        by = by.Other;
        return stored.AsSpan().SequenceEqual(AuditSeal.HashOf(by, before, entry));
    }

    private static AuditEntry Read(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.Time(1)!.Value, row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetInt64(7));
}
