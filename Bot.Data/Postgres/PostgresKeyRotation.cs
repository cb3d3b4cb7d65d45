using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <remarks>What is to be done stands in the data itself: a field names its key. So there is nothing to keep for going on after a crash.</remarks>
internal sealed class PostgresKeyRotation(
    NpgsqlDataSource db, MasterKeys masters, CipherSuite suite, IFieldCiphers ciphers, IReadOnlyList<SealedColumn> columns, TimeProvider clock) : IKeyRotation
{
    // "rota": one at a time.
    private const long LockKey = 0x726F7461;
    private const int PagesAtOnce = 64;
    private const int Seconds = 60;

    public async Task<KeyRotated> RotateAsync(TimeSpan learn, string actor, Action<string> tell, CancellationToken ct)
    {
        await ciphers.ReloadAsync(ct);                      // the very first use makes the keys
        await using var guard = await db.OpenConnectionAsync(ct);
        if (!await guard.ExecuteScalarAsync<bool>(new CommandDefinition("select pg_try_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: ct)))
            throw new OperatorException("The keys are being changed by somebody else: wait for it to end");
        try
        {
            var rewrapped = await RewrapAsync(ct);
            if (rewrapped > 0)
                tell($"{rewrapped} keys now lie under the master key “{masters.Current}”.");
            var newest = await NextKeyAsync(learn, tell, ct);
            await LearnAsync(newest, tell, ct);
            var cipher = await ciphers.GetAsync(ct);
            var (fields, found) = (0, 0);
            do
            {
                found = 0;
                foreach (var column in columns)
                    found += await SealAgainAsync(cipher, column, tell, ct);
                fields += found;
            }
            while (found > 0);
            var retired = await RetireAsync(newest, new(newest, rewrapped, fields, 0), actor, ct);
            return new(newest, rewrapped, fields, retired);
        }
        finally
        {
            await guard.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    private async Task<int> RewrapAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.ReadAsync(
            transaction, "select id, cipher, master, sealed from field_key where master <> @Current and retired_at is null for update", new { masters.Current },
            row => (Id: row.GetInt32(0), Cipher: row.GetString(1), Master: row.GetString(2), Sealed: row.GetFieldValue<byte[]>(3)), ct);
        foreach (var row in rows)
        {
            var kind = CipherSuite.Of(row.Cipher);
            await connection.ExecuteAsync(new CommandDefinition(
                "update field_key set master = @Current, sealed = @value where id = @Id",
                new { masters.Current, row.Id, value = masters.Seal(kind, masters.Open(kind, row.Master, row.Sealed)) }, transaction, cancellationToken: ct));
        }

        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    // More than one key: a change was cut short, and this run ends it.
    private async Task<int> NextKeyAsync(TimeSpan learn, Action<string> tell, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ids = await connection.ReadAsync(
            transaction, "select id from field_key where purpose = 'seal' and retired_at is null order by id for update", new { }, row => row.GetInt32(0), ct);
        if (ids is [.., var unfinished] && ids.Count > 1)
        {
            tell($"Going on with key {unfinished}, whose turn was cut short.");
            return unfinished;
        }

        var made = await FieldKeySql.AddAsync(connection, transaction, masters, suite, "seal", learn, ct);
        await transaction.CommitAsync(ct);
        tell($"Key {made} is made ({suite.Seal}).");
        return made;
    }

    private async Task LearnAsync(int key, Action<string> tell, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var wait = await connection.ExecuteScalarAsync<double>(new CommandDefinition(
            "select greatest(0, extract(epoch from seals_from - now()))::float8 from field_key where id = @key", new { key }, cancellationToken: ct));
        // Twice: a host that read the keys just before its time seals with the old one until it reads again.
        var (learn, settle) = (TimeSpan.FromSeconds(wait), wait > 0 ? PostgresFieldCiphers.Kept : TimeSpan.Zero);
        if (wait > 0)
            tell($"Waiting {(learn + settle).TotalSeconds:0} s, until every host uses it.");
        await Task.Delay(learn + settle, clock, ct);
        await ciphers.ReloadAsync(ct);
    }

    private async Task<int> SealAgainAsync(FieldCipher cipher, SealedColumn column, Action<string> tell, CancellationToken ct)
    {
        var count = 0;
        foreach (var table in await LeavesAsync(column.Table, ct))
        {
            // A table is walked by its pages: what is sealed anew moves behind or stays, and is not read twice.
            for (long page = 0, last = await PagesAsync(table, ct); page <= last; page += PagesAtOnce)
                count += await SealPagesAsync(cipher, column, table, page, ct);
        }

        if (count > 0)
            tell($"{column.Field}: {count.ToString(CultureInfo.InvariantCulture)} sealed anew.");
        return count;
    }

    private async Task<int> SealPagesAsync(FieldCipher cipher, SealedColumn column, string table, long page, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.ReadAsync(
            null,
            $"""
            select ctid::text, {column.Row}, {column.Column} from only {table}
            where ctid >= format('(%s,0)', @page)::tid and ctid < format('(%s,0)', @page + @PagesAtOnce)::tid
                and {column.Column} is not null and octet_length({column.Column}) > 0 and substring({column.Column} from 1 for 4) <> int4send(@Newest)
            """, new { page, PagesAtOnce = (long)PagesAtOnce, cipher.Newest },
            row => (Place: row.GetString(0), Row: row.GetString(1), Value: row.GetFieldValue<byte[]>(2)), ct, Seconds);
        if (rows.Count == 0)
            return 0;
        // A row that changed meanwhile keeps what it has: the next round finds it.
        return await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update only {table} t set {column.Column} = n.fresh
            from unnest(@places::tid[], @old, @fresh) as n (place, old, fresh)
            where t.ctid = n.place and t.{column.Column} = n.old
            """,
            new
            {
                places = rows.Select(r => r.Place).ToArray(), old = rows.Select(r => r.Value).ToArray(),
                fresh = rows.Select(r => cipher.Seal(column.Field, r.Row, cipher.Open(column.Field, r.Row, r.Value))).ToArray(),
            }, commandTimeout: Seconds, cancellationToken: ct));
    }

    private async Task<List<string>> LeavesAsync(string table, CancellationToken ct)
    {
        var leaves = await db.ReadAsync(
            "select relid::regclass::text from pg_partition_tree(@table::regclass) where isleaf", new { table }, row => row.GetString(0), ct);
        return leaves.Count > 0 ? leaves : [table];
    }

    private async Task<long> PagesAsync(string table, CancellationToken ct) => (await db.ReadAsync(
        "select pg_relation_size(@table::regclass) / current_setting('block_size')::bigint", new { table }, row => row.GetInt64(0), ct)).Single();

    private async Task<int> RetireAsync(int newest, KeyRotated done, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var retired = await connection.ExecuteAsync(new CommandDefinition(
            "update field_key set retired_at = now() where purpose = 'seal' and retired_at is null and id < @newest", new { newest }, transaction, cancellationToken: ct));
        await AuditSql.WriteAsync(connection, transaction, new AuditAct(actor, "keys.rotate", "field_key", newest.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?>
            {
                ["rewrapped"] = done.Rewrapped.ToString(CultureInfo.InvariantCulture), ["fields"] = done.Fields.ToString(CultureInfo.InvariantCulture),
                ["retired"] = retired.ToString(CultureInfo.InvariantCulture),
            },
        }, ct);
        await transaction.CommitAsync(ct);
        return retired;
    }
}
