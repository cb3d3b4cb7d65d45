using System.Runtime.CompilerServices;
using Bot.Data.Surveys;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSurveyResults(NpgsqlDataSource db) : ISurveyResults
{
    private const int SecondsToRead = 60;

    public async Task<IReadOnlyList<SurveyVersion>> VersionsAsync(long survey, CancellationToken ct) => await db.ReadAsync(
        "select version, questions::text, published_at from survey_version where survey = @survey order by version", new { survey },
        r => new SurveyVersion(survey, r.GetInt32(0), SurveyQuestion.Read(r.GetString(1)), r.Time(2)!.Value), ct);

    public async Task<SurveyTally> TallyAsync(long survey, int version, CancellationToken ct)
    {
        var counts = (await db.ReadAsync(
            """
            select question, option, sum(answers)::bigint, sum(total) from survey_tally where survey = @survey and version = @version group by question, option
            union all
            select -1, -1, count(*), 0 from survey_ballot where survey = @survey and version = @version
            """, new { survey, version }, r => (Question: (int)r.GetInt16(0), Option: (int)r.GetInt16(1), Answers: r.GetInt64(2), Total: r.GetDecimal(3)), ct))
            .ToDictionary(r => (r.Question, r.Option), r => (r.Answers, r.Total));
        var last = counts.Keys.Max(k => k.Question);
        return new(
            counts.GetValueOrDefault((0, -1)).Answers, counts.GetValueOrDefault((-1, -1)).Answers,
            [.. Enumerable.Range(1, Math.Max(0, last)).Select(q => new QuestionTally(
                counts.GetValueOrDefault((q, -1)).Answers,
                [.. Enumerable.Range(0, SurveyQuestion.MostOptions).Select(o => counts.GetValueOrDefault((q, o)).Answers)],
                counts.GetValueOrDefault((q, -1)).Total))]);
    }

    public async Task<IReadOnlyList<(long Row, long Column, long Answers)>> CrossAsync(long survey, int version, int row, int column, CancellationToken ct) => await db.ReadAsync(
        """
        select picks[@row + 1], picks[@column + 1], count(*) from survey_answer
        where survey = @survey and version = @version and picks[@row + 1] <> 0 and picks[@column + 1] <> 0
        group by 1, 2
        """, new { survey, version, row, column }, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), ct);

    public async Task<IReadOnlyList<string>> TextsAsync(long survey, int version, int question, int page, int size, CancellationToken ct) => await db.ReadAsync(
        """
        select texts[@question + 1] from survey_answer
        where survey = @survey and version = @version and texts[@question + 1] is not null
        order by id limit @size offset @skip
        """, new { survey, version, question, size, skip = (page - 1) * size }, r => r.GetString(0), ct);

    public async IAsyncEnumerable<SurveyReplies> AllAsync(long survey, int version, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(
            "select picks, numbers, texts from survey_answer where survey = @survey and version = @version order by id",
            new { survey, version }, commandTimeout: SecondsToRead, cancellationToken: ct));
        while (await rows.ReadAsync(ct))
            yield return new(rows.GetFieldValue<long[]>(0), rows.GetFieldValue<decimal?[]>(1), rows.GetFieldValue<string?[]>(2));
    }
}
