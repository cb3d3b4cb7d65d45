using Bot.Data.Objects;

namespace Bot.Data.Postgres;

/// <summary>The photos' own bytes: in the row, or in the object store where one is set.</summary>
/// <param name="store">Null: in the row.</param>
internal sealed class CasePhotoFiles(Npgsql.NpgsqlDataSource db, IObjectStore? store = null)
{
    /// <returns>What the row holds: the content, or the key under which it lies.</returns>
    public async Task<(byte[]? Content, string? Object)> PutAsync(long id, string contentType, byte[] content, CancellationToken ct)
    {
        if (store is null)
            return (content, null);
        // Drawn anew each time: whoever knows one address knows no other.
        var key = $"case-photo/{id}-{Guid.NewGuid():N}";
        await store.PutAsync(key, contentType, content, ct);
        return (null, key);
    }

    /// <returns>Null when it is not there any more.</returns>
    public async Task<byte[]?> GetAsync(byte[]? content, string? key, CancellationToken ct) =>
        content ?? (key is null ? null : await Needed.GetAsync(key, ct));

    /// <summary>Deletes photos that belong to no case, the object before its row: what is cut off in between is done again.</summary>
    /// <param name="where">SQL that picks among them.</param>
    public async Task<int> DropLooseAsync(string where, object parameters, CancellationToken ct)
    {
        var elsewhere = await db.ReadAsync($"select object from case_photo where case_id is null and object is not null and {where}", parameters, row => row.GetString(0), ct);
        foreach (var key in elsewhere)
            await Needed.DeleteAsync(key, ct);
        return await db.RunAsync($"delete from case_photo where case_id is null and {where}", parameters, ct);
    }

    private IObjectStore Needed => store ?? throw new InvalidOperationException("photos lie in an object store, and ObjectStore:Endpoint is not set");
}
