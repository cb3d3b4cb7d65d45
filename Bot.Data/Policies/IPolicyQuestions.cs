using Bot.WeChat;

namespace Bot.Data.Policies;

/// <summary>What citizens asked, without who they are; what they confirmed; what found no answer.</summary>
public interface IPolicyQuestions
{
    /// <summary>Keeps a batch. Announces a change of content when a question has become a similar question of a document.</summary>
    Task RecordAsync(IReadOnlyCollection<AskedQuestion> asked, IReadOnlyCollection<SettledQuestion> settled, CancellationToken ct);

    /// <summary>Questions that count as similar questions of a document, most confirmed first.</summary>
    /// <param name="perDocument">At most so many for each.</param>
    Task<IReadOnlyList<SimilarQuestion>> MemoryAsync(int perDocument, CancellationToken ct);

    /// <summary>Takes a similar question out for good.</summary>
    Task<bool> DropAsync(string policyId, string normal, string actor, CancellationToken ct);

    /// <summary>Most frequent first.</summary>
    Task<IReadOnlyList<MissedQuestion>> MissesAsync(int skip, int limit, CancellationToken ct);

    Task<int> CountMissesAsync(CancellationToken ct);

    Task<MissedQuestion?> MissAsync(string normal, CancellationToken ct);

    /// <summary>Has a citizen told when a question without an answer gets one; by their own wish.</summary>
    /// <returns>False when they wait for too many answers already.</returns>
    Task<bool> WaitAsync(string question, string normal, OpenId citizen, CancellationToken ct);

    /// <summary>The question has an answer: whoever waits is told, in the same transaction.</summary>
    /// <param name="words">What they are told.</param>
    Task<bool> AnswerAsync(string normal, string policyId, string words, string url, string actor, CancellationToken ct);

    Task<bool> SetAsideAsync(string normal, string actor, CancellationToken ct);

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

/// <param name="Waiting">How many want to be told.</param>
public sealed record MissedQuestion(string Normal, string Question, int Missed, int Refused, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Waiting);
