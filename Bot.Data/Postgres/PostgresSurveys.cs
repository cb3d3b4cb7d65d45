using System.Globalization;
using Bot.Data.Privacy;
using Bot.Data.Surveys;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSurveys(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : ISurveys
{
    // Ending takes a survey's last answers out of the box and forgets a hundred thousand participations.
    private const int SecondsToEnd = 60;

    // Posters hang on for a while.
    private const int DaysRemembered = 90;

    public Task<IReadOnlyList<PublishedSurvey>> PublishedAsync(CancellationToken ct) => ReadAsync(null, ct);

    public async Task<IReadOnlyList<(long Id, string Title)>> ToldAsync(CancellationToken ct) => await db.ReadAsync(
        "select id, title from survey where results_public_at is not null and (ended_at is not null or closes_at <= @now) order by results_public_at desc, id desc limit 100",
        new { now = clock.GetUtcNow().UtcDateTime }, r => (r.GetInt64(0), r.GetString(1)), ct);

    public async Task<PublishedSurvey?> FindAsync(long survey, CancellationToken ct) => (await ReadAsync(survey, ct)).SingleOrDefault();

    private async Task<IReadOnlyList<PublishedSurvey>> ReadAsync(long? only, CancellationToken ct)
    {
        var rows = await db.ReadAsync(
            $"""
            select {SurveySql.Columns}, v.version, v.questions::text, v.published_at
            from survey s join survey_version v on v.survey = s.id
            where case when @only::bigint is null then s.ended_at is null or s.keyword is not null and s.ended_at > @since else s.id = @only end
            order by s.ended_at is not null, s.id desc, v.version
            """, new { only, since = clock.GetUtcNow().AddDays(-DaysRemembered).UtcDateTime },
            r => (Survey: SurveySql.Read(r), Version: SurveyQuestion.ReadKnown(r.GetString(SurveySql.ColumnCount + 1)) is { } questions
                ? new SurveyVersion(r.GetInt64(0), r.GetInt32(SurveySql.ColumnCount), questions, r.Time(SurveySql.ColumnCount + 2)!.Value) : null), ct);
        // One with questions that we do not know is left to the release that does.
        return [.. rows.GroupBy(r => r.Survey.Id).Where(g => g.All(r => r.Version is not null)).Select(g => new PublishedSurvey(g.First().Survey, [.. g.Select(r => r.Version!)]))];
    }

    public async Task<SurveyStanding> StandingAsync(long survey, OpenId citizen, CancellationToken ct)
    {
        var token = SurveySql.Token(await ciphers.GetAsync(ct), survey, citizen);
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.QuerySingleAsync<SurveyStanding>(new CommandDefinition(
            """
            select exists (select from survey_participation where survey = @survey and token = @token)
                or exists (select from survey_answer where survey = @survey and token = @token) as answered,
                exists (select from survey where id = @survey and taken >= quota) as "full"
            """, new { survey, token }, cancellationToken: ct));
    }

    public async Task<SurveySubmitted> SubmitAsync(SurveySubmission submission, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var token = SurveySql.Token(cipher, submission.Survey, submission.Citizen);
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            // Whoever ends the survey waits for us, and we for them; those who answer do not wait for each other.
            var rules = await connection.QuerySingleOrDefaultAsync<(bool Anonymous, bool Editable, bool Limited)?>(new CommandDefinition(
                """
                select anonymous, editable, quota is not null from survey
                where id = @Survey and ended_at is null and version > 0 and @now >= opens_at and @now < closes_at
                for key share
                """, new { submission.Survey, now = now.UtcDateTime }, transaction, cancellationToken: ct));
            if (rules is not { } survey)
                return SurveySubmitted.NotOpen;

            var fresh = survey.Anonymous
                ? await CastAsync(connection, transaction, cipher, submission, token, ct)
                : await KeepAsync(connection, transaction, submission, token, now, ct);
            if (!fresh)
            {
                var before = await BeforeAsync(connection, transaction, submission, token, survey.Editable, now, ct);
                await transaction.CommitAsync(ct);
                return before;
            }

            if (survey.Limited && await connection.ExecuteAsync(new CommandDefinition(
                "update survey set taken = taken + 1 where id = @Survey and taken < quota", new { submission.Survey }, transaction, cancellationToken: ct)) == 0)
            {
                return SurveySubmitted.Full;
            }

            await transaction.CommitAsync(ct);
            if (!survey.Anonymous)
                return SurveySubmitted.Counted;
        }

        await using var counting = await connection.BeginTransactionAsync(ct);
        await SurveyBox.CountAsync(connection, counting, cipher, submission.Survey, SurveyBox.Fewest, ct);
        await counting.CommitAsync(ct);
        return SurveySubmitted.Counted;
    }

    // Who has answered, and, apart, a sealed ballot. False: this citizen has answered before.
    private static async Task<bool> CastAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, FieldCipher cipher, SurveySubmission submission, byte[] token, CancellationToken ct)
    {
        var ballot = Guid.NewGuid();
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            with first as (
                insert into survey_participation (survey, token, run_id) values (@Survey, @token, @Run) on conflict (survey, token) do nothing returning true
            )
            insert into survey_ballot (id, survey, version, sealed) select @ballot, @Survey, @Version, @envelope from first
            """, new
            {
                submission.Survey, submission.Version, submission.Run, token, ballot, envelope = SurveySql.Seal(cipher, ballot, submission.Replies),
            }, transaction, cancellationToken: ct)) > 0;
    }

    private static async Task<bool> KeepAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SurveySubmission submission, byte[] token, DateTimeOffset now, CancellationToken ct) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into survey_answer (survey, version, anonymous, token, run_id, answered_at, picks, numbers, texts)
            values (@Survey, @Version, false, @token, @Run, @now, @Picks, @Numbers, @Texts)
            on conflict (survey, token) do nothing
            """, Row(submission, token, now), transaction, cancellationToken: ct)) > 0;

    // What a citizen hears who has answered: the same again for the same run, else that one may or may not answer anew.
    private static async Task<SurveySubmitted> BeforeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SurveySubmission submission, byte[] token, bool editable, DateTimeOffset now, CancellationToken ct)
    {
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (select from survey_participation where survey = @Survey and token = @token and run_id = @Run)
                or exists (select from survey_answer where survey = @Survey and token = @token and run_id = @Run)
            """, new { submission.Survey, token, submission.Run }, transaction, cancellationToken: ct)))
        {
            return SurveySubmitted.Counted;
        }

        return editable && await connection.ExecuteAsync(new CommandDefinition(
            """
            update survey_answer set version = @Version, run_id = @Run, answered_at = @now, picks = @Picks, numbers = @Numbers, texts = @Texts
            where survey = @Survey and token = @token
            """, Row(submission, token, now), transaction, cancellationToken: ct)) > 0 ? SurveySubmitted.Replaced : SurveySubmitted.AlreadyAnswered;
    }

    private static object Row(SurveySubmission submission, byte[] token, DateTimeOffset now) => new
    {
        submission.Survey, submission.Version, submission.Run, token, now = now.UtcDateTime,
        submission.Replies.Picks, submission.Replies.Numbers, submission.Replies.Texts,
    };

    public async Task EndAsync(long survey, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await EndAsync(connection, transaction, cipher, survey, clock.GetUtcNow().UtcDateTime, ct);
        await transaction.CommitAsync(ct);
    }

    internal static async Task EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, FieldCipher cipher, long survey, DateTime now, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "select from survey where id = @survey for update", new { survey }, transaction, cancellationToken: ct));
        while (await SurveyBox.CountAsync(connection, transaction, cipher, survey, fewest: 1, ct) > 0)
        {
        }

        await connection.ExecuteAsync(new CommandDefinition(
            string.Create(CultureInfo.InvariantCulture, $"""
            delete from survey_participation where survey = @survey;
            update survey set ended_at = @now, revision = revision + 1 where id = @survey and ended_at is null and version > 0;
            notify {ContentChanges.Channel}
            """), new { survey, now }, transaction, SecondsToEnd, cancellationToken: ct));
    }
}
