namespace Bot.Data.Keywords;

/// <summary>The office's own rules: a word that citizens write, and what is answered.</summary>
public interface IKeywordReplies
{
    /// <returns>The rules in force; exact ones before those that look for a part, longer keywords first.</returns>
    Task<IReadOnlyList<KeywordReply>> EnabledAsync(CancellationToken ct);

    /// <param name="text">Part of a keyword or of an answer; empty for all.</param>
    /// <returns>By keyword, and how many there are in all.</returns>
    Task<(IReadOnlyList<KeywordRule> Rules, int Total)> ListAsync(string text, int page, int size, CancellationToken ct);

    Task<KeywordRule?> FindAsync(long id, CancellationToken ct);

    /// <summary>Keeps a rule, a new one for id 0, and tells every host.</summary>
    Task<KeywordSaved> SaveAsync(KeywordRule rule, string actor, CancellationToken ct);

    /// <returns>False when there is no such rule any more.</returns>
    Task<bool> DeleteAsync(long id, string actor, CancellationToken ct);
}

/// <summary>A rule as staff edit it.</summary>
/// <param name="Id">0 for a new one.</param>
/// <param name="Keyword">1 to 64 characters.</param>
/// <param name="Reply">At most 2000 bytes of UTF-8.</param>
/// <param name="Version">Of the state that was edited.</param>
public sealed record KeywordRule(long Id, string Keyword, bool Exact, string Reply, bool Enabled, int Version, DateTimeOffset UpdatedAt)
{
    public const int LongestKeyword = 64;
    public const int LongestReplyBytes = 2000;
}

public enum KeywordSaved
{
    Saved,

    /// <summary>Another rule has this keyword.</summary>
    Taken,

    /// <summary>Somebody else changed the rule in between, or deleted it.</summary>
    ChangedMeanwhile,
}

/// <param name="Exact">True: the whole message; false: anywhere in it.</param>
public sealed record KeywordReply(string Keyword, bool Exact, string Reply);
