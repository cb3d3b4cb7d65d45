using System.Globalization;
using Bot.Data.Conversations;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresDeskPictures(NpgsqlDataSource db, PictureSeals seals) : IDeskPictures
{
    public const string Table = "conversation_picture";

    public async Task<(string MediaId, DateTimeOffset SentAt)?> FindWaitingAsync(long line, CancellationToken ct) => await db.ReadAsync(
        "select p.media_id, l.at from conversation_picture p join conversation_line l on l.id = p.line where p.line = @line and p.status = 'fetching'", new { line },
        row => (row.GetString(0), row.Time(1)!.Value), ct) is [var found] ? found : null;

    public async Task KeepAsync(long line, string contentType, byte[] content, byte[] thumbnail, CancellationToken ct)
    {
        var made = await seals.SealAsync(Table, Row(line), content, thumbnail, ct);
        await db.RunAsync(
            """
            insert into conversation_picture (line, status, content_type, content, thumbnail, seal)
            select id, 'kept', @contentType, @Content, @Thumbnail, @Seal from conversation_line where id = @line
            on conflict (line) do update set status = 'kept', content_type = excluded.content_type, content = excluded.content, thumbnail = excluded.thumbnail, seal = excluded.seal
            where conversation_picture.status = 'fetching'
            """, new { line, contentType, made.Content, made.Thumbnail, made.Seal }, ct, seconds: 30);
    }

    public Task FailAsync(long line, CancellationToken ct) =>
        db.RunAsync("update conversation_picture set status = 'failed' where line = @line and status = 'fetching'", new { line }, ct);

    public async Task<(string ContentType, byte[] Content)?> ReadAsync(long conversation, long line, bool small, CancellationToken ct)
    {
        if (await db.ReadAsync(
            $"""
            select {(small ? "'image/jpeg', p.thumbnail" : "p.content_type, p.content")}, p.seal
            from conversation_picture p join conversation_line l on l.id = p.line
            where p.line = @line and l.conversation = @conversation and p.status = 'kept'
            """, new { conversation, line },
            row => (Type: row.GetString(0), Bytes: row.GetFieldValue<byte[]>(1), Seal: row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2)), ct, seconds: 10) is not [var picture])
            return null;
        return (picture.Type, small
            ? await seals.OpenThumbnailAsync(Table, Row(line), picture.Seal, picture.Bytes, ct)
            : await seals.OpenContentAsync(Table, Row(line), picture.Seal, picture.Bytes, ct));
    }

    private static string Row(long line) => line.ToString(CultureInfo.InvariantCulture);
}
