using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Audit;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <remarks>What is to be done stands in the data itself: a field names its key. So there is nothing to keep for going on after a crash.</remarks>
internal sealed class PostgresKeyRotation(
    NpgsqlDataSource db, MasterKeys masters, CipherSuite suite, IFieldCiphers ciphers, IReadOnlyList<SealedColumn> columns, IOpenPictures pictures, TimeProvider clock) : IKeyRotation
{
    // "rota": one at a time.
    private const long LockKey = 0x726F7461;
    private const int PagesAtOnce = 64;
    private const int Seconds = 60;
    private const int SecondsForATable = 1_800;

    // What was sealed at the last moment that the old key was used may be committed as late as this.
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(15);

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
            var fields = await SealEverythingAsync(await ciphers.GetAsync(ct), tell, ct);
            var sealedPictures = await SealPicturesAsync(tell, ct);
            var done = new KeyRotated(newest, rewrapped, fields, sealedPictures, 0);
            return done with { Retired = await RetireAsync(newest, done, actor, ct) };
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
            transaction, "select id, cipher, master, sealed, retired_at is not null from field_key where master <> @Current for update", new { masters.Current },
            row => (Id: row.GetInt32(0), Cipher: row.GetString(1), Master: row.GetString(2), Sealed: row.GetFieldValue<byte[]>(3), Retired: row.GetBoolean(4)), ct);
        var moved = 0;
        foreach (var row in rows)
        {
            var kind = CipherSuite.Of(row.Cipher);
            // Retired, and its master key was taken away before: as it is, for good.
            if (row.Retired && !masters.Has(row.Master))
                continue;
            moved++;
            await connection.ExecuteAsync(new CommandDefinition(
                "update field_key set master = @Current, sealed = @value where id = @Id",
                new { masters.Current, row.Id, value = masters.Seal(kind, masters.Open(kind, row.Master, row.Sealed)) }, transaction, cancellationToken: ct));
        }

        await transaction.CommitAsync(ct);
        return moved;
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
        // Twice: a host that read the keys just before its time seals with the old one until it reads again. A run that goes on waits, too: who
        // knows when the one before it was cut short.
        var (learn, settle) = (TimeSpan.FromSeconds(wait), PostgresFieldCiphers.Kept + s_late);
        tell($"Waiting {(learn + settle).TotalSeconds:0} s, until every host uses it.");
        await Task.Delay(learn + settle, clock, ct);
        await ciphers.ReloadAsync(ct);
    }

    // Rows that move while the tables are walked are missed by a round, so each column is looked at as a whole before its keys are retired.
    private async Task<int> SealEverythingAsync(FieldCipher cipher, Action<string> tell, CancellationToken ct)
    {
        var fields = 0;
        foreach (var column in columns)
        {
            Swept swept;
            do
            {
                swept = default;
                foreach (var table in await LeavesAsync(column.Table, ct))
                    swept += await SealTableAsync(cipher, column, table, ct);
                if (swept.Sealed > 0)
                    tell($"{column.Field}: {swept.Sealed.ToString(CultureInfo.InvariantCulture)} sealed anew.");
                fields += swept.Sealed;
            }
            while (swept.Seen > swept.Closed || await LeftAsync(cipher, column, ct) > swept.Closed);
            if (swept.Closed > 0)
                tell($"{column.Field}: {swept.Closed.ToString(CultureInfo.InvariantCulture)} do not open, and stay as they are: their key is gone, or they were changed.");
        }

        return fields;
    }

    private async Task<int> SealPicturesAsync(Action<string> tell, CancellationToken ct)
    {
        var (open, left) = (0, 0);
        for (OpenPicture? at = null; (at = await pictures.SealNextAsync(at, ct)) is not null;)
        {
            if (at.Fault is null)
                open++;
            else
                left++;
        }

        if (left > 0)
            tell($"Pictures: {left.ToString(CultureInfo.InvariantCulture)} could not be sealed, and lie open as they were sent: run it again.");
        var all = open + await pictures.SealAnewAsync(tell, ct);
        if (all > 0)
            tell($"Pictures: {all.ToString(CultureInfo.InvariantCulture)} that lay open or under another cipher lie under {suite.Seal} now.");
        return all;
    }

    // A table is walked by its pages: what is sealed anew moves behind or stays, and is not read twice.
    private async Task<Swept> SealTableAsync(FieldCipher cipher, SealedColumn column, string table, CancellationToken ct)
    {
        Swept swept = default;
        for (long page = 0, last = await PagesAsync(table, ct); page <= last; page += PagesAtOnce)
            swept += await SealPagesAsync(cipher, column, table, page, ct);
        return swept;
    }

    private async Task<Swept> SealPagesAsync(FieldCipher cipher, SealedColumn column, string table, long page, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.ReadAsync(
            null,
            $"""
            select ctid::text, {column.Row}, {column.Column} from only {table}
            where ctid >= format('(%s,0)', @page)::tid and ctid < format('(%s,0)', @page + @PagesAtOnce)::tid and {Old(column)}
            """, new { page, PagesAtOnce = (long)PagesAtOnce, cipher.Newest },
            row => (Place: row.GetString(0), Row: row.GetString(1), Value: row.GetFieldValue<byte[]>(2)), ct, Seconds);
        var fresh = rows.Select(r => (r.Place, r.Value, Fresh: Again(cipher, column.Field, r.Row, r.Value))).Where(r => r.Fresh is not null).ToArray();
        if (fresh.Length == 0)
            return new(rows.Count, 0, rows.Count);
        // A row that changed meanwhile keeps what it has: it was seen, so that there is another round.
        var done = await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update only {table} t set {column.Column} = n.fresh
            from unnest(@places::tid[], @old, @fresh) as n (place, old, fresh)
            where t.ctid = n.place and t.{column.Column} = n.old
            """,
            new { places = fresh.Select(r => r.Place).ToArray(), old = fresh.Select(r => r.Value).ToArray(), fresh = fresh.Select(r => r.Fresh!).ToArray() },
            commandTimeout: Seconds, cancellationToken: ct));
        return new(rows.Count, done, rows.Count - fresh.Length);
    }

    private static byte[]? Again(FieldCipher cipher, string field, string row, byte[] value)
    {
        try
        {
            return cipher.Seal(field, row, cipher.Open(field, row, value));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<long> LeftAsync(FieldCipher cipher, SealedColumn column, CancellationToken ct) => (await db.ReadAsync(
        $"select count(*) from {column.Table} where {Old(column)}", new { cipher.Newest }, row => row.GetInt64(0), ct, SecondsForATable)).Single();

    private static string Old(SealedColumn column) =>
        $"{column.Column} is not null and octet_length({column.Column}) > 0 and substring({column.Column} from 1 for 4) <> int4send(@Newest)";

    /// <param name="Seen">Lay under an old key.</param>
    /// <param name="Sealed">Lie under the new one now.</param>
    /// <param name="Closed">Do not open.</param>
    private readonly record struct Swept(int Seen, int Sealed, int Closed)
    {
        public static Swept operator +(Swept one, Swept other) => new(one.Seen + other.Seen, one.Sealed + other.Sealed, one.Closed + other.Closed);
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
                ["pictures"] = done.Pictures.ToString(CultureInfo.InvariantCulture),
                ["retired"] = retired.ToString(CultureInfo.InvariantCulture),
            },
        }, ct);
        await transaction.CommitAsync(ct);
        return retired;
    }
}
