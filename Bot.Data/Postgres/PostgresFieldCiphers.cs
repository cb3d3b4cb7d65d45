using System.Security.Cryptography;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Keeps the keys for half a minute: so soon does every host know a new one.</summary>
internal sealed class PostgresFieldCiphers(NpgsqlDataSource db, MasterKeys masters, CipherSuite suite, TimeProvider clock) : IFieldCiphers
{
    // "keys": the first hosts agree on who makes them.
    private const long LockKey = 0x6B657973;

    /// <summary>How long a host may go on without looking for new keys.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private volatile Held? _held;

    public ValueTask<FieldCipher> GetAsync(CancellationToken ct) =>
        _held is { } held && clock.GetElapsedTime(held.ReadAt) < Kept ? new(held.Cipher) : new(AgainAsync(ct));

    public async Task<FieldCipher?> LookAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await ReadAsync(connection, null, ct);
        return rows.Any(r => r is { Purpose: "seal", Retired: false }) && rows.Any(r => r.Purpose == "look-up") ? await LoadAsync(ct) : null;
    }

    public Task ReloadAsync(CancellationToken ct) => LoadAsync(ct);

    // A database that is away for a moment does not take the keys away.
    private async Task<FieldCipher> AgainAsync(CancellationToken ct)
    {
        try
        {
            return await LoadAsync(ct);
        }
        catch (NpgsqlException) when (_held is not null)
        {
            return _held.Cipher;
        }
    }

    private async Task<FieldCipher> LoadAsync(CancellationToken ct)
    {
        var readAt = clock.GetTimestamp();
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await ReadAsync(connection, null, ct);
        if (!rows.Any(r => r is { Purpose: "seal", Retired: false }) || !rows.Any(r => r.Purpose == "look-up"))
            rows = await MakeAsync(connection, ct);
        // A retired key opens what nobody found when it was retired, such as a form that lies in a session; without its master key it is left out.
        var seals = rows.Where(r => r.Purpose == "seal" && (!r.Retired || masters.Has(r.Master))).ToArray();
        var newest = seals.Where(r => r is { Seals: true, Retired: false }).MaxBy(r => r.Id) ?? seals.Where(r => !r.Retired).MinBy(r => r.Id)!;
        var lookUp = rows.Single(r => r.Purpose == "look-up");
        var cipher = new FieldCipher(
            seals.ToDictionary(r => r.Id, r => CipherSuite.Of(r.Cipher).SealKey(Opened(r))), newest.Id, CipherSuite.Of(lookUp.Cipher).LookUpKey(Opened(lookUp)));
        _held = new(cipher, readAt);
        return cipher;
    }

    private byte[] Opened(KeyRow row) => masters.Open(CipherSuite.Of(row.Cipher), row.Master, row.Sealed);

    private async Task<List<KeyRow>> MakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@LockKey)", new { LockKey }, transaction, cancellationToken: ct));
        var rows = await ReadAsync(connection, transaction, ct);
        if (!rows.Any(r => r is { Purpose: "seal", Retired: false }))
            await FieldKeySql.AddAsync(connection, transaction, masters, suite, "seal", TimeSpan.Zero, ct);
        if (!rows.Any(r => r.Purpose == "look-up"))
            await FieldKeySql.AddAsync(connection, transaction, masters, suite, "look-up", TimeSpan.Zero, ct);
        rows = await ReadAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return rows;
    }

    private static Task<List<KeyRow>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct) => connection.ReadAsync(
        transaction, "select id, purpose, cipher, master, sealed, seals_from <= now(), retired_at is not null from field_key order by id", new { },
        row => new KeyRow(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetBoolean(5), row.GetBoolean(6)), ct);

    private sealed record Held(FieldCipher Cipher, long ReadAt);

    private sealed record KeyRow(int Id, string Purpose, string Cipher, string Master, byte[] Sealed, bool Seals, bool Retired);
}

internal static class FieldKeySql
{
    /// <param name="sealsIn">By then every host must have read it.</param>
    /// <returns>Its id.</returns>
    public static Task<int> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, MasterKeys masters, CipherSuite suite, string purpose, TimeSpan sealsIn, CancellationToken ct) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into field_key (purpose, cipher, master, sealed, seals_from)
            values (@purpose, @cipher, @master, @key, now() + @sealsIn)
            returning id
            """,
            new
            {
                purpose, cipher = purpose == "seal" ? suite.Seal : suite.Hash, master = masters.Current,
                key = masters.Seal(suite, RandomNumberGenerator.GetBytes(32)), sealsIn,
            }, transaction, cancellationToken: ct));
}
