namespace Bot.Data.Privacy;

/// <summary>敏感词: the office's list of words that must not become public.</summary>
public interface ISensitiveWords
{
    Task<IReadOnlyList<SensitiveWord>> AllAsync(CancellationToken ct);

    /// <summary>Words that are on the list already stay as they are.</summary>
    /// <param name="words">Each of 2 to 40 characters, without spaces around it.</param>
    /// <param name="actor">Who does it, for the audit log.</param>
    /// <returns>How many are new.</returns>
    Task<int> AddAsync(IReadOnlyCollection<string> words, string actor, CancellationToken ct);

    /// <returns>False when it was not on the list.</returns>
    Task<bool> RemoveAsync(string word, string actor, CancellationToken ct);
}

public sealed record SensitiveWord(string Word, string AddedBy, DateTimeOffset AddedAt);
