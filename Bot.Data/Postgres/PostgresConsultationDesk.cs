using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Consultations;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresConsultationDesk(NpgsqlDataSource db, TimeProvider clock) : IConsultationDesk
{
    public async Task<(IReadOnlyList<ConsultationRow> Rows, int Total)> ListAsync(string text, int page, int size, CancellationToken ct)
    {
        var total = (await db.ReadAsync($"select count(*)::integer from consultation c where {Named}", new { text }, r => r.GetInt32(0), ct))[0];
        return (await RowsAsync($"where {Named} order by c.id desc limit @size offset @skip", new { text, size, skip = (page - 1) * size }, ct), total);
    }

    public Task<IReadOnlyList<ConsultationRow>> WaitingAsync(CancellationToken ct) => RowsAsync(
        """
        where c.stopped_at is null and c.report_public_at is null and (c.submitted_by is not null or v.closes_at <= @now
            or exists (select from consultation_comment m where m.consultation = c.id and m.state = 'waiting'))
        order by c.id limit 100
        """, new { now = Now }, ct);

    private const string Named = "(@text = '' or position(@text in c.draft ->> 'title') > 0)";

    private async Task<IReadOnlyList<ConsultationRow>> RowsAsync(string which, object parameters, CancellationToken ct)
    {
        const int First = ConsultationSql.ColumnCount;
        return await db.ReadAsync(
            $"""
            select {ConsultationSql.Columns}, c.draft ->> 'title', v.paper::text,
                (select count(*)::integer from consultation_comment m where m.consultation = c.id),
                (select count(*)::integer from consultation_comment m where m.consultation = c.id and m.state = 'waiting')
            from consultation c left join consultation_version v on v.consultation = c.id and v.version = c.version
            {which}
            """, parameters, r => new ConsultationRow(
                ConsultationSql.Read(r), r.GetString(First), r.Text(First + 1) is { } paper ? ConsultationPaper.Read(paper) : null, r.GetInt32(First + 2), r.GetInt32(First + 3)), ct);
    }

    public async Task<ConsultationDraft?> FindAsync(long id, CancellationToken ct)
    {
        const int First = ConsultationSql.ColumnCount;
        return (await db.ReadAsync(
            $"""
            select {ConsultationSql.Columns}, c.draft::text, v.version, v.paper::text, v.published_at,
                coalesce((select display_name from staff where name = c.submitted_by), c.submitted_by)
            from consultation c left join consultation_version v on v.consultation = c.id and v.version = c.version
            where c.id = @id
            """, new { id }, r => new ConsultationDraft(
                ConsultationSql.Read(r), ConsultationPaper.Read(r.GetString(First)),
                r.IsDBNull(First + 1) ? null : new(r.GetInt32(First + 1), ConsultationPaper.Read(r.GetString(First + 2)), r.Time(First + 3)!.Value),
                r.Text(First + 4)), ct)).SingleOrDefault();
    }

    public Task<ConsultationSaved> SaveAsync(long id, int revision, ConsultationPaper paper, StaffMember by, CancellationToken ct) => ActAsync(
        by, id == 0 ? "consultation.add" : "consultation.change",
        id == 0
            ? "insert into consultation (draft, made_by) values (@draft::json, @by) returning id"
            : $"update consultation c set draft = @draft::json, submitted_by = null, revision = revision + 1 where id = @id and revision = @revision and {NotOver} returning id",
        new { id, revision, draft = paper.Write(), by = by.Name, now = Now }, ct);

    public Task<ConsultationSaved> SubmitAsync(long id, int revision, StaffMember by, CancellationToken ct) => ActAsync(
        by, "consultation.submit",
        $"update consultation c set submitted_by = @by, returned_why = '', revision = revision + 1 where id = @id and revision = @revision and submitted_by is null and {NotOver} returning id",
        new { id, revision, by = by.Name, now = Now }, ct);

    public Task<ConsultationSaved> ReturnAsync(long id, int revision, string why, StaffMember by, CancellationToken ct) => ActAsync(
        by, "consultation.return", "update consultation set submitted_by = null, returned_why = @why, revision = revision + 1 where id = @id and revision = @revision and submitted_by is not null returning id",
        new { id, revision, why }, ct, why);

    public async Task<ConsultationSaved> PublishAsync(long id, int revision, StaffMember by, CancellationToken ct, DateTimeOffset? at = null)
    {
        try
        {
            return await ActAsync(
                by, "consultation.publish",
                $$"""
                with published as (
                    update consultation c set version = version + 1, submitted_by = null, revision = revision + 1,
                        -- Nobody could speak before it was public.
                        draft = case when c.version = 0 and (c.draft ->> 'opensAt')::timestamptz < @now
                            then jsonb_set(c.draft::jsonb, '{opensAt}', to_jsonb(@now::timestamptz))::json else c.draft end
                    from (select id, submitted_by from consultation where id = @id for update) o
                    where c.id = o.id and c.revision = @revision and o.submitted_by is not null and {{NotOver}}
                    returning c.id, c.version, c.draft, o.submitted_by
                )
                insert into consultation_version (consultation, version, paper, opens_at, closes_at, submitted_by, published_by, published_at)
                select id, version, draft, (draft ->> 'opensAt')::timestamptz, (draft ->> 'closesAt')::timestamptz, submitted_by, @by, @now from published
                returning consultation
                """, new { id, revision, by = by.Name, now = at?.UtcDateTime ?? Now }, ct);
        }
        catch (PostgresException e) when (e.ConstraintName == "consultation_four_eyes")
        {
            return new ConsultationSaved.SamePerson();
        }
        catch (PostgresException e) when (e.ConstraintName == "consultation_not_shortened")
        {
            return new ConsultationSaved.Shortened();
        }
    }

    public Task<ConsultationSaved> StopAsync(long id, string why, StaffMember by, CancellationToken ct) => ActAsync(
        by, "consultation.stop", $"update consultation c set stopped_at = @now, stopped_why = @why, submitted_by = null, revision = revision + 1 where id = @id and version > 0 and {NotOver} returning id",
        new { id, why, now = Now }, ct, why, tells: true);

    public Task<ConsultationSaved> DeleteAsync(long id, StaffMember by, CancellationToken ct) => ActAsync(
        by, "consultation.delete", "delete from consultation where id = @id and version = 0 returning id", new { id }, ct);

    public Task<ConsultationSaved> SaveReportAsync(long id, int revision, string words, StaffMember by, CancellationToken ct) => ActAsync(
        by, "consultation.write_report",
        "update consultation set report = @words, revision = revision + 1 where id = @id and revision = @revision and version > 0 and report_public_at is null returning id", new { id, revision, words }, ct);

    public async Task<ConsultationSaved> PublishReportAsync(long id, int revision, StaffMember by, CancellationToken ct)
    {
        if (!(await db.ReadAsync($"select {Finished} from consultation c where c.id = @id", new { id }, r => r.GetBoolean(0), ct)).All(finished => finished))
            return new ConsultationSaved.Unfinished();

        // Whoever judges, groups or answers holds the row; what they did meanwhile is seen by the second statement.
        return await ActAsync(
            by, "consultation.publish_report",
            $"""
            update consultation set made_by = made_by where id = @id;
            update consultation c set report_public_at = @now, revision = revision + 1
            where id = @id and revision = @revision and version > 0 and stopped_at is null and report_public_at is null and not ({NotOver}) and {Finished}
            returning id
            """, new { id, revision, now = Now }, ct, tells: true);
    }

    public Task<ConsultationSaved> WithdrawReportAsync(long id, StaffMember by, CancellationToken ct) => ActAsync(
        by, "consultation.withdraw_report", "update consultation set report_public_at = null, revision = revision + 1 where id = @id and report_public_at is not null returning id", new { id }, ct);

    // Of what was published the newest version has not closed; what never was may be anything.
    private const string NotOver =
        "c.stopped_at is null and not exists (select from consultation_version v where v.consultation = c.id and v.version = c.version and v.closes_at <= @now)";

    // Every comment was looked at and belongs to a point, or is left out; every point has its answer.
    private const string Finished =
        """
        not exists (select from consultation_comment m where m.consultation = c.id and (m.state = 'waiting' or not m.left_out and m.point is null))
            and not exists (select from consultation_point p where p.consultation = c.id and p.verdict is null)
        """;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    // Every host hears of it once the transaction is committed.
    private async Task<ConsultationSaved> ActAsync(StaffMember by, string act, string sql, object parameters, CancellationToken ct, string? why = null, bool tells = false)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } id)
            return new ConsultationSaved.ChangedMeanwhile();
        var key = id.ToString(CultureInfo.InvariantCulture);
        await AuditSql.WriteAsync(connection, transaction, new AuditAct(by.Name, act, "consultation", key)
        {
            Details = why is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["reason"] = why },
        }, ct);
        if (tells)
            await JobSql.RescheduleAsync(connection, transaction, new NewJob(IConsultationDesk.TellJob, key, key, new DateTimeOffset(Now, TimeSpan.Zero)), ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return new ConsultationSaved.Saved(id);
    }
}
