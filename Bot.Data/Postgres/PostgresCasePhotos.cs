using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Messages;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCasePhotos(NpgsqlDataSource db, CaseCitizens citizens, TimeProvider clock) : ICasePhotos
{
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

    public async Task<WaitingPhoto?> FindWaitingAsync(long id, CancellationToken ct)
    {
        var found = (await db.ReadAsync(
            """
            select p.id, p.openid_hash, p.openid, p.media_id, p.video, p.sent_at,
                (select count(*)::integer from case_photo o where o.run_id = p.run_id and o.id <= p.id)
            from case_photo p where p.id = @id and p.status = 'fetching' and p.openid is not null
            """, new { id },
            row => (Id: row.GetInt64(0), Hash: row.GetFieldValue<byte[]>(1), Sealed: row.GetFieldValue<byte[]>(2), MediaId: row.GetString(3),
                Video: row.GetBoolean(4), SentAt: NoticeSql.Time(row, 5)!.Value, Place: row.GetInt32(6)), ct)).SingleOrDefault();
        return found.Hash is null ? null
            : new(found.Id, await citizens.OpenAsync(CaseCitizens.Photo, found.Hash, found.Sealed, ct), found.MediaId, found.Video, found.Place, found.SentAt);
    }

    public Task KeepAsync(long id, string contentType, byte[] content, byte[]? thumbnail, CancellationToken ct) => db.RunAsync(
        """
        update case_photo set status = 'kept', content_type = @contentType, content = @content, thumbnail = @thumbnail, openid = null
        where id = @id and status = 'fetching'
        """, new { id, contentType, content, thumbnail }, ct, seconds: 30);

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
            await CitizenMessageSql.AddAsync(connection, transaction, new NewCitizenMessage
            {
                Key = $"case-photo:{id}", To = await citizens.OpenAsync(CaseCitizens.Photo, hash, openId, ct), Words = words,
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
        await using var connection = await db.OpenConnectionAsync(ct);
        var file = await connection.QuerySingleOrDefaultAsync<CaseFile>(new CommandDefinition(
            $"select {CaseSql.Columns} from case_file where id = (select case_id from case_photo where id = @id)", new { id }, cancellationToken: ct));
        if (file is null || !CaseRules.Sees(staff, file))
            return null;
        return (await connection.ReadAsync(
            null, "select content_type, case when @thumbnail and thumbnail is not null then thumbnail else content end, video from case_photo where id = @id and status = 'kept'",
            new { id, thumbnail },
            row => new KeptPhoto(thumbnail && !row.GetBoolean(2) ? "image/jpeg" : row.GetString(0), row.GetFieldValue<byte[]>(1)), ct)).SingleOrDefault();
    }
}
