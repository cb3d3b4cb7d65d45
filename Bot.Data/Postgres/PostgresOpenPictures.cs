using System.Data.Common;
using System.Globalization;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresOpenPictures(NpgsqlDataSource db, PictureSeals seals, CaseContents files) : IOpenPictures
{
    private const int Seconds = 30;

    public async Task<bool> SealNextAsync(CancellationToken ct) => await SealPhotoAsync(ct) || await SealDeskPictureAsync(ct);

    private async Task<bool> SealPhotoAsync(CancellationToken ct)
    {
        if (await db.ReadAsync(
            "select id, content, thumbnail, object from case_photo where status = 'kept' and seal is null order by id limit 1", new { },
            row => (Id: row.GetInt64(0), Content: Bytes(row, 1), Thumbnail: Bytes(row, 2), Object: NoticeSql.Text(row, 3)), ct, Seconds) is not [var photo])
            return false;
        // One that is gone from the store keeps its thumbnail.
        var content = await files.GetAsync(photo.Content, photo.Object, ct);
        var made = await seals.SealAsync(PostgresCasePhotos.Table, Name(photo.Id), content ?? [], photo.Thumbnail, ct);
        var inRow = photo.Content is null ? null : made.Content;
        var elsewhere = photo.Object is null || content is null ? photo.Object : (await files.PutPhotoAsync(photo.Id, made.Content, ct)).Object;
        var sealedNow = await db.RunAsync(
            "update case_photo set seal = @Seal, content = @inRow, thumbnail = @Thumbnail, object = @elsewhere where id = @Id and status = 'kept' and seal is null",
            new { photo.Id, made.Seal, inRow, made.Thumbnail, elsewhere }, ct, Seconds);
        // Sealed by another host or erased meanwhile: then what was put there now is nobody's.
        if (elsewhere != photo.Object)
            await files.DropAsync(sealedNow > 0 ? photo.Object! : elsewhere!, ct);
        return true;
    }

    private async Task<bool> SealDeskPictureAsync(CancellationToken ct)
    {
        if (await db.ReadAsync(
            "select line, content, thumbnail from conversation_picture where status = 'kept' and seal is null order by line limit 1", new { },
            row => (Line: row.GetInt64(0), Content: row.GetFieldValue<byte[]>(1), Thumbnail: row.GetFieldValue<byte[]>(2)), ct, Seconds) is not [var picture])
            return false;
        var made = await seals.SealAsync(PostgresDeskPictures.Table, Name(picture.Line), picture.Content, picture.Thumbnail, ct);
        await db.RunAsync(
            "update conversation_picture set seal = @Seal, content = @Content, thumbnail = @Thumbnail where line = @Line and status = 'kept' and seal is null",
            new { picture.Line, made.Seal, made.Content, made.Thumbnail }, ct, Seconds);
        return true;
    }

    private static string Name(long row) => row.ToString(CultureInfo.InvariantCulture);

    private static byte[]? Bytes(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
