using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresOpenPictures(NpgsqlDataSource db, PictureSeals seals, CaseContents files) : IOpenPictures
{
    private const int Seconds = 30;
    private const int SealsAtOnce = 500;

    private static readonly PictureTable[] s_tables = [new(PostgresCasePhotos.Table, "id", "object"), new(PostgresDeskPictures.Table, "line", null)];

    public async Task<OpenPicture?> SealNextAsync(OpenPicture? after, CancellationToken ct)
    {
        for (var at = after?.Table ?? 0; at < s_tables.Length; at++)
        {
            var (table, behind) = (s_tables[at], at == after?.Table ? after.Row : 0);
            if (await db.ReadAsync(
                $"select {table.Key} from {table.Name} where status = 'kept' and seal is null and {table.Key} > @behind order by {table.Key} limit 1", new { behind },
                row => row.GetInt64(0), ct, Seconds) is not [var next])
                continue;
            try
            {
                await SealAsync(table, next, ct);
                return new(at, next, null);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return new(at, next, e);
            }
        }

        return null;
    }

    public async Task<int> SealAnewAsync(Action<string> tell, CancellationToken ct)
    {
        var total = 0;
        foreach (var table in s_tables)
        {
            var (moved, closed) = (0, 0);
            for (long after = 0; await SealsAsync(table, after, ct) is [.., var last] page; after = last.Row)
            {
                foreach (var (row, seal) in page)
                {
                    try
                    {
                        if (!await seals.IsOfNowAsync(table.Name, Name(row), seal, ct) && await SealAsync(table, row, ct) && ++moved % SealsAtOnce == 0)
                            tell($"{table.Name}: {moved.ToString(CultureInfo.InvariantCulture)} pictures sealed anew.");
                    }
                    catch (CryptographicException)
                    {
                        closed++;
                    }
                }
            }

            if (closed > 0)
                tell($"{table.Name}: {closed.ToString(CultureInfo.InvariantCulture)} pictures do not open, and stay as they are: their key is gone, or they were changed.");
            total += moved;
        }

        return total;
    }

    private async Task<List<(long Row, byte[] Seal)>> SealsAsync(PictureTable table, long after, CancellationToken ct) => await db.ReadAsync(
        $"select {table.Key}, seal from {table.Name} where {table.Key} > @after and status = 'kept' and seal is not null order by {table.Key} limit @SealsAtOnce", new { after, SealsAtOnce },
        row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), ct, Seconds);

    // False: erased meanwhile, or sealed by another host.
    private async Task<bool> SealAsync(PictureTable table, long id, CancellationToken ct)
    {
        if (await db.ReadAsync(
            $"select seal, content, thumbnail, {table.Object ?? "null"} from {table.Name} where {table.Key} = @id and status = 'kept'", new { id },
            row => (Seal: Bytes(row, 0), Content: Bytes(row, 1), Thumbnail: Bytes(row, 2), Object: row.Text(3)), ct, Seconds) is not [var picture])
            return false;
        // One that is gone from the store keeps its thumbnail.
        var content = await files.GetAsync(picture.Content, picture.Object, ct);
        var made = await seals.SealAsync(
            table.Name, Name(id),
            content is null ? [] : await seals.OpenContentAsync(table.Name, Name(id), picture.Seal, content, ct),
            picture.Thumbnail is null ? null : await seals.OpenThumbnailAsync(table.Name, Name(id), picture.Seal, picture.Thumbnail, ct), ct);
        var inRow = picture.Content is null ? null : made.Content;
        var elsewhere = picture.Object is null || content is null ? picture.Object : (await files.PutPhotoAsync(id, made.Content, ct)).Object;
        var kept = await db.RunAsync(
            $"""
            update {table.Name} set seal = @Seal, content = @inRow, thumbnail = @Thumbnail{(table.Object is null ? "" : $", {table.Object} = @elsewhere")}
            where {table.Key} = @id and status = 'kept' and seal is not distinct from @was
            """, new { id, was = picture.Seal, made.Seal, inRow, made.Thumbnail, elsewhere }, ct, Seconds) > 0;
        // Otherwise what was put there now is nobody's.
        if (elsewhere != picture.Object)
            await files.DropAsync(kept ? picture.Object! : elsewhere!, ct);
        return kept;
    }

    private static string Name(long row) => row.ToString(CultureInfo.InvariantCulture);

    private static byte[]? Bytes(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    /// <param name="Key">Column that names the row.</param>
    /// <param name="Object">Column that names the content in the object store; null where pictures lie in their rows alone.</param>
    private sealed record PictureTable(string Name, string Key, string? Object);
}
