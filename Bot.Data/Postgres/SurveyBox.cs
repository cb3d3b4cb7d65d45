using System.Security.Cryptography;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Takes anonymous answers out of the box, several at once and in any order, so that nothing tells which of them came with whose participation.</summary>
internal static class SurveyBox
{
    /// <summary>Fewer are not taken out while the survey runs.</summary>
    public const int Fewest = 5;

    private const int AtOnce = 500;

    // "surv"
    private const int LockKey = 0x73757276;

    /// <param name="fewest">Below it nothing is done.</param>
    /// <returns>How many were counted.</returns>
    public static async Task<int> CountAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, FieldCipher cipher, long survey, int fewest, CancellationToken ct)
    {
        // One at a time for a survey: two would mark the same participations.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@LockKey, @key)", new { LockKey, key = unchecked((int)survey) }, transaction, cancellationToken: ct));
        var ballots = await connection.ReadAsync(
            transaction, "select id, version, sealed from survey_ballot where survey = @survey order by id limit @AtOnce",
            new { survey, AtOnce }, r => (Id: r.GetGuid(0), Version: r.GetInt32(1), Sealed: r.GetFieldValue<byte[]>(2)), ct);
        if (ballots.Count < fewest)
            return 0;
        var mixed = ballots.Select(b => (b.Version, Replies: SurveySql.Open(cipher, b.Id, b.Sealed))).ToArray();
        RandomNumberGenerator.Shuffle(mixed.AsSpan());
        foreach (var (version, replies) in mixed)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into survey_answer (survey, version, anonymous, picks, numbers, texts) values (@survey, @version, true, @Picks, @Numbers, @Texts)
                """, new { survey, version, replies.Picks, replies.Numbers, replies.Texts }, transaction, cancellationToken: ct));
        }

        // Written anew along with the others, the rows of this batch bear one transaction's mark on both sides.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from survey_ballot where id = any(@ids);
            update survey_participation set counted = true where survey = @survey and not counted
            """, new { survey, ids = ballots.Select(b => b.Id).ToArray() }, transaction, cancellationToken: ct));
        return ballots.Count;
    }
}
