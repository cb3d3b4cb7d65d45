using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>Which documents have or cite a 文号.</summary>
internal sealed class NumberTable
{
    private readonly Dictionary<long, List<Entry>> _entries = [];

    public NumberTable(IReadOnlyList<SearchDocument> documents)
    {
        foreach (var (number, document) in documents.Index())
        {
            Read(document.Number, number, isOwn: true);
            Read(document.Title, number, isOwn: true);
            if (document.Text.Contains('号') || document.Text.Contains('令'))
                Read(document.Text, number, isOwn: false);
        }
    }

    /// <summary>Adds to the score of each document that has, or at least cites, a number of the question.</summary>
    /// <returns>Whether the question has a number that some document knows.</returns>
    public bool Score(ReadOnlySpan<char> question, SearchWeights weights, Span<float> scores)
    {
        var known = false;
        for (var at = 0; DocumentNumber.TryRead(question, ref at, out var asked);)
        {
            if (!_entries.TryGetValue(asked.Key, out var entries))
                continue;
            foreach (var entry in entries)
            {
                if (!DocumentNumber.SameIssuer(asked.Issuer, entry.Issuer))
                    continue;
                scores[entry.Document] += entry.IsOwn ? weights.OwnNumber : weights.CitedNumber;
                known = true;
            }
        }

        return known;
    }

    private void Read(string text, int document, bool isOwn)
    {
        if (text.Length == 0)
            return;
        var folded = Chinese.Fold(text).AsSpan();
        for (var at = 0; DocumentNumber.TryRead(folded, ref at, out var found);)
        {
            if (!_entries.TryGetValue(found.Key, out var entries))
                _entries.Add(found.Key, entries = []);
            if (entries is not [.., var last] || last.Document != document)
                entries.Add(new(document, found.Issuer.ToString(), isOwn));
        }
    }

    private readonly record struct Entry(int Document, string Issuer, bool IsOwn);
}
