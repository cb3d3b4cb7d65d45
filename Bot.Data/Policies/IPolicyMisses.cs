using Bot.WeChat;

namespace Bot.Data.Policies;

/// <summary>Questions that found no answer, and who wants to be told when there is one.</summary>
public interface IPolicyMisses
{
    /// <summary>Most frequent first.</summary>
    Task<IReadOnlyList<MissedQuestion>> ListAsync(int skip, int limit, CancellationToken ct);

    /// <summary>Those that wait for staff.</summary>
    Task<int> CountAsync(CancellationToken ct);

    Task<MissedQuestion?> FindAsync(string normal, CancellationToken ct);

    /// <summary>Has a citizen told when a question without an answer gets one; by their own wish.</summary>
    /// <returns>False when they wait for too many answers already.</returns>
    Task<bool> WaitAsync(string question, string normal, OpenId citizen, CancellationToken ct);

    /// <summary>The question has an answer: whoever waits is told, in the same transaction.</summary>
    /// <param name="words">What they are told.</param>
    Task<bool> AnswerAsync(string normal, string policyId, string words, string url, string actor, CancellationToken ct);

    Task<bool> SetAsideAsync(string normal, string actor, CancellationToken ct);
}

/// <param name="Waiting">How many want to be told.</param>
public sealed record MissedQuestion(string Normal, string Question, int Missed, int Refused, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Waiting);
