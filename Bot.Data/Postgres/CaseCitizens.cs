using System.Security.Cryptography;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Whose cases are whose: by a keyed hash, with the openid sealed beside it.</summary>
internal sealed class CaseCitizens(IFieldCiphers ciphers)
{
    public const string Case = "case_citizen.openid";
    public const string Photo = "case_photo.openid";

    public async ValueTask<byte[]> HashAsync(OpenId citizen, CancellationToken ct) => (await ciphers.GetAsync(ct)).LookUp(Case, citizen.Value);

    /// <summary>Of a half-filled form: of its citizen and its kind.</summary>
    public async ValueTask<byte[]> DraftHashAsync(OpenId citizen, string flow, CancellationToken ct) =>
        (await ciphers.GetAsync(ct)).LookUp(flow == ICaseDrafts.Flows[0] ? Case : $"case_draft.{flow}", citizen.Value);

    public async ValueTask<(byte[] Hash, byte[] Sealed)> SealAsync(string field, OpenId citizen, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var hash = cipher.LookUp(Case, citizen.Value);
        return (hash, cipher.Seal(field, Convert.ToHexString(hash), citizen.Value));
    }

    public async ValueTask<OpenId> OpenAsync(string field, byte[] hash, byte[] value, CancellationToken ct) =>
        new((await ciphers.GetAsync(ct)).Open(field, Convert.ToHexString(hash), value));

    /// <summary>A message's key that is the same each time, and from which nobody gets back to what it is about.</summary>
    public static string LetterKey(byte[] hash, long id) => Convert.ToHexStringLower(SHA256.HashData([.. hash, .. BitConverter.GetBytes(id)]))[..24];

    /// <summary>The one who filed it first, then those who joined.</summary>
    public async Task<List<(OpenId Citizen, byte[] Hash, bool Owner)>> OfAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, CancellationToken ct)
    {
        var rows = await connection.ReadAsync(
            transaction, "select openid_hash, openid, owner from case_citizen where case_id = @caseId order by owner desc, joined_at, openid_hash", new { caseId },
            row => (Hash: row.GetFieldValue<byte[]>(0), Sealed: row.GetFieldValue<byte[]>(1), Owner: row.GetBoolean(2)), ct);
        List<(OpenId, byte[], bool)> citizens = [];
        foreach (var row in rows)
            citizens.Add((await OpenAsync(Case, row.Hash, row.Sealed, ct), row.Hash, row.Owner));
        return citizens;
    }

    public async Task<int> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, OpenId citizen, bool owner, Guid run, DateTimeOffset at, CancellationToken ct)
    {
        var (hash, sealedId) = await SealAsync(Case, citizen, ct);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into case_citizen (case_id, openid_hash, openid, owner, run_id, joined_at)
            values (@caseId, @hash, @sealedId, @owner, @run, @at)
            on conflict do nothing
            """, new { caseId, hash, sealedId, owner, run, at = at.UtcDateTime }, transaction, cancellationToken: ct));
    }
}
