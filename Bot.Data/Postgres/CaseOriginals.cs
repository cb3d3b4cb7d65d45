using Bot.Data.Cases;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>What citizens wrote, where handlers read it with numbers masked: sealed, to be looked at for a reason.</summary>
internal sealed class CaseOriginals(NpgsqlDataSource db, IFieldCiphers ciphers)
{
    public const string Story = "case_file.story_sealed";
    public const string Words = "case_event.words_sealed";

    /// <summary>SQL over <c>case_file</c>: whether there is anything.</summary>
    public const string Any = "story_sealed is not null or exists (select from case_event e where e.case_id = case_file.id and e.words_sealed is not null)";

    /// <returns>The story, and the answers that were masked below it; null when nothing was.</returns>
    public static string? Of(NewCase filing, string story, IReadOnlyList<CaseAnswer> answers)
    {
        var masked = filing.Answers.Where((a, i) => a != answers[i]).Select(a => $"{a.Prompt}{a.Answer}").ToArray();
        return story == filing.Story && masked.Length == 0 ? null : string.Join('\n', [filing.Story, .. masked]);
    }

    /// <summary>Beside the line of the timeline that the act's run wrote.</summary>
    public async Task KeepAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid run, CaseAct act, CancellationToken ct)
    {
        if (PersonalNumbers.Mask(act.Words) == act.Words)
            return;
        var value = (await ciphers.GetAsync(ct)).Seal(Words, run.ToString("N"), act.Words);
        await connection.ExecuteAsync(new CommandDefinition("update case_event set words_sealed = @value where run_id = @run", new { run, value }, transaction, cancellationToken: ct));
    }

    /// <summary>All of a case, in the order in which it was written.</summary>
    public async Task<string> ReadAsync(long caseId, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var story = await db.ReadAsync(
            "select number, story_sealed from case_file where id = @caseId and story_sealed is not null", new { caseId },
            row => cipher.Open(Story, row.GetString(0), row.GetFieldValue<byte[]>(1)), ct);
        var added = await db.ReadAsync(
            "select run_id, words_sealed from case_event where case_id = @caseId and words_sealed is not null order by id", new { caseId },
            row => cipher.Open(Words, row.GetGuid(0).ToString("N"), row.GetFieldValue<byte[]>(1)), ct);
        return string.Join("\n\n", story.Concat(added));
    }
}
