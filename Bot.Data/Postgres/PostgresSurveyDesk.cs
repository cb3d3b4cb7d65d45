using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSurveyDesk(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : ISurveyDesk
{
    public async Task<(IReadOnlyList<SurveyRow> Rows, int Total)> ListAsync(string text, int page, int size, CancellationToken ct)
    {
        var total = 0;
        var rows = await db.ReadAsync(
            $"""
            select {SurveySql.Columns}, (count(*) over ())::int,
                (select coalesce(sum(t.answers), 0)::bigint from survey_tally t where t.survey = s.id and t.question = 0 and t.option = -1)
                    + (select count(*) from survey_ballot b where b.survey = s.id)
            from survey s
            where @text = '' or position(@text in s.title) > 0 or position(@text in coalesce(s.keyword, '')) > 0
            order by s.id desc
            limit @size offset @skip
            """, new { text, size, skip = (page - 1) * size }, r =>
            {
                total = r.GetInt32(SurveySql.ColumnCount);
                return new SurveyRow(SurveySql.Read(r), r.GetInt64(SurveySql.ColumnCount + 1));
            }, ct);
        return (rows, total);
    }

    public async Task<SurveyDraft?> FindAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        $"""
        select {SurveySql.Columns}, s.draft::text, v.version, v.questions::text, v.published_at
        from survey s left join survey_version v on v.survey = s.id and v.version = s.version
        where s.id = @id
        """, new { id }, r => new SurveyDraft(
            SurveySql.Read(r), SurveyQuestion.Read(r.GetString(SurveySql.ColumnCount)),
            r.IsDBNull(SurveySql.ColumnCount + 1) ? null : new(
                id, r.GetInt32(SurveySql.ColumnCount + 1), SurveyQuestion.Read(r.GetString(SurveySql.ColumnCount + 2)),
                r.Time(SurveySql.ColumnCount + 3)!.Value)), ct)).SingleOrDefault();

    public Task<SurveySaved> SaveAsync(Survey survey, StaffMember by, CancellationToken ct) => ActAsync(
        by, survey.Id == 0 ? "survey.add" : "survey.change",
        survey.Id == 0
            ? """
              insert into survey (title, intro, keyword, anonymous, editable, audience_kind, audience, audience_words, opens_at, closes_at, quota, made_by)
              values (@Title, @Intro, @Keyword, @Anonymous, @Editable, @kind, @choice, @words, @opens, @closes, @Quota, @by)
              returning id
              """
            : """
              update survey s set title = @Title, intro = @Intro, keyword = @Keyword, anonymous = @Anonymous, editable = @Editable, audience_kind = @kind,
                  audience = @choice, audience_words = @words, opens_at = @opens, closes_at = @closes, quota = @Quota, revision = revision + 1, taken = case when @Quota::integer is null then taken else (
                      select (select coalesce(sum(t.answers), 0) from survey_tally t where t.survey = s.id and t.question = 0 and t.option = -1)
                          + (select count(*) from survey_ballot b where b.survey = s.id)) end
              where id = @Id and revision = @Revision and ended_at is null
              returning id
              """,
        new
        {
            survey.Id, survey.Title, survey.Intro, survey.Keyword, survey.Anonymous, survey.Editable, kind = survey.Audience.Kind, choice = survey.Audience.Choice,
            words = survey.Audience.Words, opens = survey.OpensAt.UtcDateTime, closes = survey.ClosesAt.UtcDateTime, survey.Quota, survey.Revision, by = by.Name,
        }, ct,
        // Places are counted only while there is a quota: nobody is answering while they are counted anew.
        before: "select from survey where id = @Id for update");

    public Task<SurveySaved> SaveQuestionsAsync(long id, int revision, IReadOnlyList<SurveyQuestion> questions, StaffMember by, CancellationToken ct) => ActAsync(
        by, "survey.questions",
        "update survey set draft = @draft::json, revision = revision + 1 where id = @id and revision = @revision and ended_at is null returning id",
        new { id, revision, draft = SurveyQuestion.Write(questions) }, ct);

    public Task<SurveySaved> PublishAsync(long id, int revision, StaffMember by, CancellationToken ct) => ActAsync(
        by, "survey.publish",
        """
        with published as (
            update survey set version = version + 1, revision = revision + 1 where id = @id and revision = @revision and ended_at is null
            returning id, version, anonymous, draft
        )
        insert into survey_version (survey, version, anonymous, questions, published_at, published_by)
        select id, version, anonymous, draft, @now, @by from published
        returning survey
        """, new { id, revision, by = by.Name, now = Now }, ct);

    public Task<SurveySaved> EndAsync(long id, StaffMember by, CancellationToken ct) => ActAsync(
        by, "survey.end", "select id from survey where id = @id and ended_at is null and version > 0 for update", new { id }, ct,
        async (connection, transaction) => await PostgresSurveys.EndAsync(connection, transaction, await ciphers.GetAsync(ct), id, Now, ct));

    public Task<SurveySaved> ShowResultsAsync(long id, bool shown, StaffMember by, CancellationToken ct) => ActAsync(
        by, shown ? "survey.show_results" : "survey.hide_results",
        """
        update survey set results_public_at = case when @shown then @now end, revision = revision + 1
        where id = @id and version > 0 and (results_public_at is null) = @shown
        returning id
        """, new { id, shown, now = Now }, ct);

    public Task<SurveySaved> DeleteAsync(long id, StaffMember by, CancellationToken ct) => ActAsync(
        by, "survey.delete", "delete from survey where id = @id and version = 0 returning id", new { id }, ct);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    // Every host hears of it once the transaction is committed; the survey ends by itself at its time.
    private async Task<SurveySaved> ActAsync(
        StaffMember by, string act, string sql, object parameters, CancellationToken ct, Func<NpgsqlConnection, NpgsqlTransaction, Task>? more = null,
        string? before = null)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            if (before is not null)
                await connection.ExecuteAsync(new CommandDefinition(before, parameters, transaction, cancellationToken: ct));
            if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } id)
                return new SurveySaved.ChangedMeanwhile();
            if (more is not null)
                await more(connection, transaction);
            var key = id.ToString(CultureInfo.InvariantCulture);
            await AuditSql.WriteAsync(connection, transaction, new AuditAct(by.Name, act, "survey", key), ct);
            var closes = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
                $"notify {ContentChanges.Channel}; select closes_at from survey where id = @id and version > 0 and ended_at is null", new { id }, transaction, cancellationToken: ct));
            if (closes is { } at)
                await JobSql.RescheduleAsync(connection, transaction, new NewJob(ISurveys.EndJob, key, key, new DateTimeOffset(at, TimeSpan.Zero)), ct);
            await transaction.CommitAsync(ct);
            return new SurveySaved.Saved(id);
        }
        catch (PostgresException e) when (e.ConstraintName == "survey_keyword_unique")
        {
            return new SurveySaved.KeywordTaken();
        }
        catch (PostgresException e) when (e.ConstraintName == "survey_quota_kept")
        {
            return new SurveySaved.QuotaTaken();
        }
    }
}
