namespace Bot.Data.Policies;

/// <summary>What citizens asked, without who they are, and what they confirmed.</summary>
public interface IPolicyQuestions
{
    /// <summary>Keeps a batch. Announces a change of content when a question has become a similar question of a document.</summary>
    Task RecordAsync(IReadOnlyCollection<AskedQuestion> asked, IReadOnlyCollection<SettledQuestion> settled, CancellationToken ct);

    /// <summary>Questions that count as similar questions of a document, most confirmed first.</summary>
    /// <param name="perDocument">At most so many for each.</param>
    Task<IReadOnlyList<SimilarQuestion>> MemoryAsync(int perDocument, CancellationToken ct);

    /// <summary>Takes a similar question out for good.</summary>
    Task<bool> DropAsync(string policyId, string normal, string actor, CancellationToken ct);

    /// <summary>Forgets questions asked before <paramref name="before"/>, and wishes to be told that are older than 90 days.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken ct);
}

/// <param name="Key">Drawn at random.</param>
/// <param name="Normal">Folded: questions that differ only in writing are one.</param>
/// <param name="Shown">Ids, best first; empty for a miss.</param>
public sealed record AskedQuestion(long Key, DateTimeOffset At, string Question, string Normal, IReadOnlyList<string> Shown);

/// <param name="PolicyId">Empty for <see cref="QuestionOutcome.None"/>.</param>
public sealed record SettledQuestion(long Key, DateTimeOffset At, QuestionOutcome Outcome, string PolicyId);

/// <summary>都不是, opened from the list, 有帮助, 没有解决.</summary>
public enum QuestionOutcome { None, Picked, Helped, Unhelpful }

public sealed record SimilarQuestion(string PolicyId, string Question, string Normal, int Picks, int Helped, int Refused);
