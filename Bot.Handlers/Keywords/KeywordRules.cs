using System.Collections.Frozen;
using Bot.Data.Keywords;
using Bot.Handlers.Routing;

namespace Bot.Handlers.Keywords;

/// <summary>The office's keyword replies in memory; swapped whole when they change.</summary>
public sealed class KeywordRules
{
    private volatile Rules _rules = new([]);

    public void Replace(IReadOnlyList<KeywordReply> replies) => _rules = new(replies);

    /// <returns>Null when no rule is meant.</returns>
    public string? Find(string words)
    {
        var rules = _rules;
        if (rules.Exact.TryGetValue(words, out var reply))
            return reply;
        foreach (var (keyword, said) in rules.Parts)
        {
            if (words.Contains(keyword, StringComparison.Ordinal))
                return said;
        }

        return null;
    }

    private sealed class Rules(IReadOnlyList<KeywordReply> replies)
    {
        public FrozenDictionary<string, string> Exact { get; } = replies.Where(r => r.Exact)
            .DistinctBy(r => Utterance.Of(r.Keyword).Words).ToFrozenDictionary(r => Utterance.Of(r.Keyword).Words, r => r.Reply, StringComparer.Ordinal);

        public (string Keyword, string Reply)[] Parts { get; } = [.. replies.Where(r => !r.Exact).Select(r => (Utterance.Of(r.Keyword).Words, r.Reply))];
    }
}
