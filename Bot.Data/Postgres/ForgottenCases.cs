using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Data.Cases;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>
/// Takes out of closed cases what leads to whoever filed them: contact, photos, place, their lines in the timeline, and names and numbers in what they
/// wrote. What was asked of the office, and what it did and answered, stays. A case that is closed once is forgotten once.
/// </summary>
internal sealed class ForgottenCases(NpgsqlDataSource db, CaseContents contents)
{
    private const int AtOnce = 50;
    private const int Seconds = 60;
    private const string Cleared = "（已按规定清除）";

    /// <param name="which">SQL over <c>case_file</c>.</param>
    /// <returns>How many cases.</returns>
    public async Task<int> ForgetAsync(string which, object parameters, DateTimeOffset now, CancellationToken ct)
    {
        var (count, piece) = (0, new List<Written>());
        do
        {
            piece = await db.ReadAsync(
                $"""
                select id, story, answers::text, erased_at is null from case_file
                where forgotten_at is null and closed_at is not null and {which} order by closed_at limit {AtOnce}
                """, parameters, row => new Written(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)), ct, Seconds);
            foreach (var file in piece)
            {
                // The photos first: cut short in between, the case is found again.
                await contents.DropPhotosAsync("case_id = @Id", new { file.Id }, ct);
                await ForgetAsync(file, now, ct);
            }

            count += piece.Count;
        }
        while (piece.Count == AtOnce);
        return count;
    }

    // Whoever joined the case of somebody who was erased still finds it; after the time that cases are kept nobody does.
    private async Task ForgetAsync(Written file, DateTimeOffset now, CancellationToken ct)
    {
        var answers = JsonSerializer.Deserialize<List<CaseAnswer>>(file.Answers, CaseCategorySql.Json) ?? [];
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update case_file set contact = null, story_sealed = null, story = @story, answers = @answers::json, rating_words = null, forgotten_at = @now,
                address = case publicity when 'public' then address else '' end,
                latitude = case publicity when 'public' then latitude end, longitude = case publicity when 'public' then longitude end
            where id = @Id;
            update case_event set words = '', words_sealed = null where case_id = @Id and actor = '{CaseEntry.Citizen}' and words <> '';
            update case_call set words = '{Cleared}' where case_id = @Id;
            delete from case_citizen where case_id = @Id and @InTime
            """,
            new
            {
                file.Id, file.InTime, now = now.UtcDateTime, story = Redacted(file.Story),
                answers = JsonSerializer.Serialize(answers.Select(a => a with { Answer = Redacted(a.Answer) }), CaseCategorySql.Json),
            }, transaction, Seconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    private static string Redacted(string words)
    {
        try
        {
            return Redaction.Of(words);
        }
        catch (RegexMatchTimeoutException)
        {
            return Cleared;
        }
    }

    private sealed record Written(long Id, string Story, string Answers, bool InTime);
}
