using System.Security.Cryptography;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresFieldCiphers(NpgsqlDataSource db, MasterKeys masters) : IFieldCiphers
{
    // "keys": the first hosts agree on who makes them.
    private const long LockKey = 0x6B657973;

    private FieldCipher? _cipher;

    public ValueTask<FieldCipher> GetAsync(CancellationToken ct) => _cipher is { } known ? new(known) : new(LoadAsync(ct));

    public Task ReloadAsync(CancellationToken ct) => LoadAsync(ct);

    private async Task<FieldCipher> LoadAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@LockKey)", new { LockKey }, transaction, cancellationToken: ct));
        var rows = await ReadAsync(connection, transaction, ct);
        if (!rows.Any(r => r.Purpose == "seal"))
            await MakeAsync(connection, transaction, "seal", "aes-256-gcm", ct);
        if (!rows.Any(r => r.Purpose == "look-up"))
            await MakeAsync(connection, transaction, "look-up", "hmac-sha256", ct);
        rows = await ReadAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);

        var seals = rows.Where(r => r.Purpose == "seal").ToDictionary(r => r.Id, r => SealKey(r.Cipher, masters.Open(r.Master, r.Sealed)));
        var lookUp = rows.Single(r => r.Purpose == "look-up");
        return _cipher = new(seals, LookUpKey(lookUp.Cipher, masters.Open(lookUp.Master, lookUp.Sealed)));
    }

    private static Task<List<KeyRow>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) => connection.ReadAsync(
        transaction, "select id, purpose, cipher, master, sealed from field_key where retired_at is null order by id", new { },
        row => new KeyRow(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4)), ct);

    private Task MakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string purpose, string cipher, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "insert into field_key (purpose, cipher, master, sealed) values (@purpose, @cipher, @master, @key)",
            new { purpose, cipher, master = masters.Current, key = masters.Seal(RandomNumberGenerator.GetBytes(32)) }, transaction, cancellationToken: ct));

    private static ISealKey SealKey(string cipher, byte[] key) => cipher switch
    {
        "aes-256-gcm" => new AesSealKey(key),
        _ => throw new CryptographicException($"This program does not know the cipher {cipher}"),
    };

    private static ILookUpKey LookUpKey(string cipher, byte[] key) => cipher switch
    {
        "hmac-sha256" => new HmacLookUpKey(key),
        _ => throw new CryptographicException($"This program does not know the hash {cipher}"),
    };

    private sealed record KeyRow(int Id, string Purpose, string Cipher, string Master, byte[] Sealed);
}
