using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Consultations;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresConsultations(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : IConsultations
{
    // Another than that of the comments: who may read the messages cannot tell from their keys whose a comment is.
    private const string ToldField = "consultation.told";

    public async Task<IReadOnlyList<PublishedConsultation>> CurrentAsync(CancellationToken ct) => await ReadAsync(
        """
        where c.stopped_at is null and exists (select from consultation_version l where l.consultation = c.id and l.version = c.version and l.closes_at > @now)
        order by (select l.closes_at from consultation_version l where l.consultation = c.id and l.version = c.version), c.id, v.version
        """, new { now = clock.GetUtcNow().UtcDateTime }, ct);

    public async Task<PublishedConsultation?> FindAsync(long id, CancellationToken ct) =>
        (await ReadAsync("where c.id = @id order by v.version", new { id }, ct)).SingleOrDefault();

    public async Task<(IReadOnlyList<PublishedConsultation> Rows, int Total)> OverAsync(int page, int size, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        const string Over = "from consultation c join consultation_version v on v.consultation = c.id and v.version = c.version where c.stopped_at is not null or v.closes_at <= @now";
        var total = (await db.ReadAsync($"select count(*)::integer {Over}", new { now }, r => r.GetInt32(0), ct))[0];
        var rows = await ReadAsync(
            $"""
            where (c.id, v.version) in (select c.id, v.version {Over} order by coalesce(c.stopped_at, v.closes_at) desc, c.id desc limit @size offset @skip)
            order by coalesce(c.stopped_at, v.closes_at) desc, c.id desc
            """, new { now, size, skip = (page - 1) * size }, ct);
        return (rows, total);
    }

    private async Task<IReadOnlyList<PublishedConsultation>> ReadAsync(string which, object parameters, CancellationToken ct)
    {
        const int First = ConsultationSql.ColumnCount;
        var rows = await db.ReadAsync(
            $"select {ConsultationSql.Columns}, v.version, v.paper::text, v.published_at from consultation c join consultation_version v on v.consultation = c.id {which}", parameters,
            r => (Consultation: ConsultationSql.Read(r), Version: new ConsultationVersion(r.GetInt32(First), ConsultationPaper.Read(r.GetString(First + 1)), r.Time(First + 2)!.Value)), ct);
        return [.. rows.GroupBy(r => r.Consultation.Id).Select(g => new PublishedConsultation(g.First().Consultation, [.. g.Select(r => r.Version)]))];
    }

    public async Task<CommentKept> CommentAsync(NewComment comment, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var hash = comment.Citizen is { } citizen ? ConsultationSql.Hash(cipher, citizen) : null;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Comments of one citizen one after the other, so that each sees what was counted before; without a citizen those of one form.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@key)", new { key = BitConverter.ToInt64(hash ?? comment.Run.ToByteArray()) }, transaction, cancellationToken: ct));
        // Whoever stops it or publishes anew waits for us, and we for them; different citizens do not wait for each other.
        var found = await connection.QuerySingleOrDefaultAsync<(bool Part, bool Taken, long Said)?>(new CommandDefinition(
            """
            select @Part = '' or exists (select from consultation_version r, json_array_elements(r.paper -> 'parts') p
                    where r.consultation = c.id and r.version = @Version and p ->> 'key' = @Part) as part,
                exists (select from consultation_comment m where m.run_id = @Run) as taken,
                (select count(*) from consultation_comment m where m.consultation = c.id and m.openid_hash = @hash) as said
            from consultation c join consultation_version v on v.consultation = c.id and v.version = c.version
            where c.id = @Consultation and c.stopped_at is null and c.report_public_at is null and @at >= v.opens_at and @at < v.closes_at and @Version between 1 and c.version
            for share of c
            """, new { comment.Consultation, comment.Version, comment.Part, comment.Run, hash, at = comment.At.UtcDateTime }, transaction, cancellationToken: ct));
        // Back in the browser, other words, sent: a comment of its own, for which the form's run is used up.
        var other = AnotherRun(comment);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (select from consultation_comment m where m.run_id in (@Run, @other) and m.consultation = @Consultation
                and m.part = @Part and m.words = @Words and (m.openid_hash is null or m.openid_hash = @hash))
            """, new { comment.Run, other, comment.Consultation, comment.Part, comment.Words, hash }, transaction, cancellationToken: ct)))
        {
            return CommentKept.Kept;
        }

        if (found is not { } standing)
            return CommentKept.NotOpen;
        if (!standing.Part)
            return CommentKept.NoSuchPart;
        if (standing.Said >= NewComment.MostOfOne)
            return CommentKept.TooMany;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into consultation_comment (consultation, version, part, run_id, words, way, openid_hash, openid, made_at, flagged)
            values (@Consultation, @Version, @Part, @Run, @Words, @way, @hash, @openid, @at, @flagged)
            on conflict (run_id) do nothing
            """, new
            {
                comment.Consultation, comment.Version, comment.Part, Run = standing.Taken ? other : comment.Run, comment.Words, way = ConsultationSql.Stored(comment.Way), hash,
                openid = hash is null ? null : ConsultationSql.Seal(cipher, hash, comment.Citizen!.Value), at = comment.At.UtcDateTime, flagged = comment.Flagged.ToArray(),
            }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return CommentKept.Kept;
    }

    // The same for the same words, so that these too are kept once.
    private static Guid AnotherRun(NewComment comment) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{comment.Run:N}\n{comment.Consultation}\n{comment.Part}\n{comment.Citizen?.Value}\n{comment.Words}")).AsSpan(0, 16));

    public async Task<(IReadOnlyList<ShownComment> Rows, int Total)> ShownAsync(long id, int page, int size, CancellationToken ct)
    {
        var total = 0;
        var rows = await db.ReadAsync(
            """
            select m.id, m.version, m.part, m.shown_words, m.made_at, (count(*) over ())::integer from consultation_comment m
            where m.consultation = @id and m.state = 'shown' order by m.id desc limit @size offset @skip
            """, new { id, size, skip = (page - 1) * size }, r =>
            {
                total = r.GetInt32(5);
                return new ShownComment(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.Time(4)!.Value);
            }, ct);
        return (rows, total);
    }

    public async Task<IReadOnlyList<CommentPoint>> PointsAsync(long id, CancellationToken ct) => await db.ReadAsync(
        """
        select p.id, p.part, p.title, p.verdict, p.answer, (select count(*)::integer from consultation_comment m where m.point = p.id) as comments
        from consultation_point p where p.consultation = @id order by comments desc, p.id
        """, new { id }, r => new CommentPoint(
            r.GetInt64(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : Enum.Parse<PointVerdict>(r.GetString(3), true), r.GetString(4), r.GetInt32(5)), ct);

    public async Task<CommentCounts> CountAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        """
        select count(*)::integer, (count(*) filter (where state = 'waiting'))::integer, (count(*) filter (where state = 'shown'))::integer,
            (count(*) filter (where left_out))::integer, (count(*) filter (where state = 'waiting' and flagged <> '{}'))::integer,
            (count(*) filter (where not left_out and point is null))::integer, count(distinct openid_hash)::integer
        from consultation_comment where consultation = @id
        """, new { id }, r => new CommentCounts(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6)), ct))[0];

    public async Task<IReadOnlyList<Commenter>> CommentersAsync(long id, byte[]? after, int most, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        return await db.ReadAsync(
            """
            select m.openid_hash, (array_agg(m.openid order by m.id desc))[1], count(*)::integer,
                (count(*) filter (where p.verdict = 'adopted'))::integer, (count(*) filter (where p.verdict = 'partly'))::integer,
                (count(*) filter (where m.left_out))::integer
            from consultation_comment m left join consultation_point p on p.id = m.point
            where m.consultation = @id and m.openid_hash is not null and (@after::bytea is null or m.openid_hash > @after)
            group by 1 order by 1 limit @most
            """, new { id, after, most }, r =>
            {
                var citizen = ConsultationSql.Open(cipher, r.GetFieldValue<byte[]>(0), r.GetFieldValue<byte[]>(1));
                return new Commenter(
                    r.GetFieldValue<byte[]>(0), cipher.LookUp(ToldField, $"{id.ToString(CultureInfo.InvariantCulture)} {citizen.Value}"), citizen, r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5));
            }, ct);
    }
}
