namespace Bot.Data.Surveys;

/// <summary>What was answered, counted.</summary>
public interface ISurveyResults
{
    /// <summary>Versions with their questions, from the first; empty for a survey that was never published.</summary>
    Task<IReadOnlyList<SurveyVersion>> VersionsAsync(long survey, CancellationToken ct);

    Task<SurveyTally> TallyAsync(long survey, int version, CancellationToken ct);

    /// <summary>How often the options of two questions were chosen together.</summary>
    /// <param name="row">The place of a question, from 0.</param>
    /// <param name="column">The place of another.</param>
    /// <returns>The options chosen of both, a bit for each, and how many chose so.</returns>
    Task<IReadOnlyList<(long Row, long Column, long Answers)>> CrossAsync(long survey, int version, int row, int column, CancellationToken ct);

    /// <summary>Words that were answered, in no order of time.</summary>
    /// <param name="question">Its place, from 0.</param>
    Task<IReadOnlyList<string>> TextsAsync(long survey, int version, int question, int page, int size, CancellationToken ct);

    IAsyncEnumerable<SurveyReplies> AllAsync(long survey, int version, CancellationToken ct);
}

/// <param name="Answers">Counted ones.</param>
/// <param name="InBox">Anonymous ones that wait until five are together.</param>
public sealed record SurveyTally(long Answers, long InBox, IReadOnlyList<QuestionTally> Questions);

/// <param name="Answers">Who answered this question.</param>
/// <param name="Options">By option.</param>
/// <param name="Total">Sum of the numbers.</param>
public sealed record QuestionTally(long Answers, IReadOnlyList<long> Options, decimal Total);
