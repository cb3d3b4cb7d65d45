using System.Data.Common;
using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Messages;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCasePhotos(NpgsqlDataSource db, CaseCitizens citizens, CaseContents files, PictureSeals seals, TimeProvider clock) : ICasePhotos
{
    public const string Table = "case_photo";

    public async Task AddAsync(OpenId citizen, Guid run, string mediaId, bool video, CancellationToken ct)
    {
        var (hash, openId) = await citizens.SealAsync(CaseCitizens.Photo, citizen, ct);
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var id = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            insert into case_photo (run_id, openid_hash, openid, media_id, video, sent_at) values (@run, @hash, @openId, @mediaId, @video, @now)
            on conflict (run_id, media_id) do nothing
            returning id
            """, new { run, hash, openId, mediaId, video, now = now.UtcDateTime }, transaction, cancellationToken: ct));
        if (id?.ToString(CultureInfo.InvariantCulture) is { } key)
            await JobSql.EnqueueAsync(connection, transaction, new Jobs.NewJob(ICasePhotos.JobKind, key, key, now), ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<int> CountAsync(Guid run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from case_photo where run_id = @run", new { run }, cancellationToken: ct));
    }

    public async Task<WaitingPhoto?> FindWaitingAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        """
        select p.id, p.media_id, p.video, (select count(*)::integer from case_photo o where o.run_id = p.run_id and o.id <= p.id), p.sent_at
        from case_photo p where p.id = @id and p.status = 'fetching'
        """, new { id }, row => new WaitingPhoto(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3), row.Time(4)!.Value), ct)).SingleOrDefault();

    public async Task KeepAsync(long id, string contentType, byte[] content, byte[]? thumbnail, CancellationToken ct)
    {
        var made = await seals.SealAsync(Table, Row(id), content, thumbnail, ct);
        var (inRow, elsewhere) = await files.PutPhotoAsync(id, made.Content, ct);
        var kept = await db.RunAsync(
            """
            update case_photo set status = 'kept', content_type = @contentType, content = @inRow, object = @elsewhere, thumbnail = @Thumbnail, seal = @Seal, openid = null
            where id = @id and status = 'fetching'
            """, new { id, contentType, inRow, elsewhere, made.Thumbnail, made.Seal }, ct, seconds: 30);
        // Erased, or kept by another run of this job meanwhile: nothing leads to this file any more.
        if (kept == 0 && elsewhere is not null)
            await files.DropAsync(elsewhere, ct);
    }

    public async Task FailAsync(long id, string reason, string words, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (hash, openId) = await connection.QuerySingleOrDefaultAsync<(byte[], byte[])>(new CommandDefinition(
            """
            update case_photo p set status = 'failed', reason = @reason, openid = null
            from (select openid_hash, openid from case_photo where id = @id for update) old
            where p.id = @id and p.status = 'fetching' returning old.openid_hash, old.openid
            """, new { id, reason }, transaction, cancellationToken: ct));
        if (hash is not null && openId is not null)
        {
            // The photo may be a report's some day: the list of messages must not lead from it to who sent it.
            await CitizenMessageSql.AddAsync(connection, transaction, new NewCitizenMessage
            {
                Key = $"case-photo:{CaseCitizens.LetterKey(hash, id)}", To = await citizens.OpenAsync(CaseCitizens.Photo, hash, openId, ct), Words = words,
            }, ct);
        }

        await transaction.CommitAsync(ct);
    }

    public async Task<bool> AttachAsync(OpenId citizen, Guid run, string number, CancellationToken ct) => await db.RunAsync(
        """
        update case_photo p set case_id = c.id
        from case_file c join case_citizen z on z.case_id = c.id
        where p.run_id = @run and p.case_id is null and p.openid_hash = @hash and c.number = @number and z.openid_hash = @hash and z.owner
        """, new { run, number, hash = await citizens.HashAsync(citizen, ct) }, ct) > 0;

    public async Task<KeptPhoto?> ReadAsync(long id, bool thumbnail, StaffMember staff, CancellationToken ct)
    {
        if (await SeenAsync(id, staff, ct) is not { } caseId)
            return null;
        var small = thumbnail ? "thumbnail" : "null";
        if (await db.ReadAsync(
            $"""
            select content_type, seal, {small}, case when {small} is null then content end, case when {small} is null then object end
            from case_photo where id = @id and case_id = @caseId and status = 'kept'
            """, new { id, caseId },
            row => (Type: row.GetString(0), Seal: Bytes(row, 1), Small: Bytes(row, 2), Content: Bytes(row, 3), Object: row.Text(4)), ct, seconds: 10) is not [var photo])
            return null;
        if (photo.Small is not null)
            return new("image/jpeg", await seals.OpenThumbnailAsync(Table, Row(id), photo.Seal, photo.Small, ct));
        return await files.GetAsync(photo.Content, photo.Object, ct) is { } content
            ? new(photo.Type, await seals.OpenContentAsync(Table, Row(id), photo.Seal, content, ct)) : null;
    }

    private static string Row(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static byte[]? Bytes(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private async Task<long?> SeenAsync(long id, StaffMember staff, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var file = await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {CaseSql.Columns} from case_file where id = (select case_id from case_photo where id = @id)", new { id }, cancellationToken: ct));
        return file is not null && CaseRules.Sees(staff, file) ? file.Id : null;
    }
}
