using Bot.Data.Conversations;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresDeskPictures(NpgsqlDataSource db) : IDeskPictures
{
    public async Task<(string MediaId, DateTimeOffset SentAt)?> FindWaitingAsync(long line, CancellationToken ct) => await db.ReadAsync(
        "select p.media_id, l.at from conversation_picture p join conversation_line l on l.id = p.line where p.line = @line and p.status = 'fetching'", new { line },
        row => (row.GetString(0), NoticeSql.Time(row, 1)!.Value), ct) is [var found] ? found : null;

    public Task KeepAsync(long line, string contentType, byte[] content, byte[] thumbnail, CancellationToken ct) => db.RunAsync(
        """
        insert into conversation_picture (line, status, content_type, content, thumbnail)
        select id, 'kept', @contentType, @content, @thumbnail from conversation_line where id = @line
        on conflict (line) do update set status = 'kept', content_type = excluded.content_type, content = excluded.content, thumbnail = excluded.thumbnail
        where conversation_picture.status = 'fetching'
        """, new { line, contentType, content, thumbnail }, ct, seconds: 30);

    public Task FailAsync(long line, CancellationToken ct) =>
        db.RunAsync("update conversation_picture set status = 'failed' where line = @line and status = 'fetching'", new { line }, ct);

    public async Task<(string ContentType, byte[] Content)?> ReadAsync(long conversation, long line, bool small, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {(small ? "'image/jpeg', p.thumbnail" : "p.content_type, p.content")}
        from conversation_picture p join conversation_line l on l.id = p.line
        where p.line = @line and l.conversation = @conversation and p.status = 'kept'
        """, new { conversation, line }, row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), ct, seconds: 10) is [var found] ? found : null;
}
