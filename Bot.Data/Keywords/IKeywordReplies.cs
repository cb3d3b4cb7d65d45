namespace Bot.Data.Keywords;

/// <summary>The office's own rules: a word that citizens write, and what is answered.</summary>
public interface IKeywordReplies
{
    /// <returns>The rules in force; exact ones before those that look for a part, longer keywords first.</returns>
    Task<IReadOnlyList<KeywordReply>> EnabledAsync(CancellationToken ct);
}

/// <param name="Exact">True: the whole message; false: anywhere in it.</param>
public sealed record KeywordReply(string Keyword, bool Exact, string Reply);
