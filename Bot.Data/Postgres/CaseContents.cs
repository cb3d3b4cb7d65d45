using System.Globalization;
using Bot.Data.Objects;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>The bytes of photos and documents: in the row, or in the object store where one is set.</summary>
/// <param name="store">Null: in the row.</param>
internal sealed class CaseContents(NpgsqlDataSource db, S3Objects? store = null)
{
    /// <param name="under">What the key begins with, such as <c>case-photo/12</c>.</param>
    /// <returns>What the row holds: the content, or the key under which it lies.</returns>
    public async Task<(byte[]? Content, string? Object)> PutAsync(string under, string contentType, byte[] content, CancellationToken ct)
    {
        if (store is null)
            return (content, null);
        // Drawn anew each time: whoever knows one address knows no other.
        var key = $"{under}-{Guid.NewGuid():N}";
        await store.PutAsync(key, contentType, content, ct);
        return (null, key);
    }

    /// <param name="content">Sealed: the store is told nothing of what it is.</param>
    public Task<(byte[]? Content, string? Object)> PutPhotoAsync(long id, byte[] content, CancellationToken ct) =>
        PutAsync(string.Create(CultureInfo.InvariantCulture, $"case-photo/{id}"), "application/octet-stream", content, ct);

    /// <returns>Null when it is not there any more.</returns>
    public async Task<byte[]?> GetAsync(byte[]? content, string? key, CancellationToken ct) =>
        content ?? (key is null ? null : await Needed.GetAsync(key, ct));

    /// <summary>Deletes photos that belong to no case.</summary>
    /// <param name="where">SQL that picks among them.</param>
    public Task<int> DropLooseAsync(string where, object parameters, CancellationToken ct) => DropPhotosAsync($"case_id is null and {where}", parameters, ct);

    /// <summary>Deletes photos, the object before its row: what is cut off in between is done again.</summary>
    /// <param name="where">SQL that picks them.</param>
    public async Task<int> DropPhotosAsync(string where, object parameters, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Locked: a case that is filed meanwhile takes a photo with its file, or none.
        var photos = await connection.ReadAsync(
            transaction, $"select id, object from case_photo where {where} order by id for update", parameters,
            row => (Id: row.GetInt64(0), Key: row.Text(1)), ct);
        foreach (var (_, key) in photos)
        {
            if (key is not null)
                await DropAsync(key, ct);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "delete from case_photo where id = any(@ids)", new { ids = photos.Select(p => p.Id).ToArray() }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return photos.Count;
    }

    /// <summary>Deletes what lies in the store and no row names: a host died between the one and the other.</summary>
    /// <param name="before">What came later may still get its row.</param>
    public async Task SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        if (store is null)
            return;
        // The row's number stands in the key: it is looked up by that.
        foreach (var (prefix, id) in new[] { ("case-photo/", "id"), ("case-document/", "case_id") })
        {
            var table = prefix[..^1].Replace('-', '_');
            await foreach (var keys in store.PagesAsync(prefix, before, ct))
            {
                var lost = await db.ReadAsync(
                    $"""
                    select key from unnest(@keys) as k (key)
                    where key ~ '^[a-z-]+/[0-9]{"{1,18}"}-[0-9a-f]{"{32}"}$'
                        and not exists (select from {table} t where t.{id} = substring(key from '/([0-9]+)-')::bigint and t.object = key)
                    """, new { keys = keys.ToArray() }, row => row.GetString(0), ct);
                foreach (var key in lost)
                    await DropAsync(key, ct);
            }
        }
    }

    public Task DropAsync(string key, CancellationToken ct) => Needed.DeleteAsync(key, ct);

    private S3Objects Needed => store ?? throw new InvalidOperationException("files lie in an object store, and ObjectStore:Endpoint is not set");
}
