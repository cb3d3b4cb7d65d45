using Bot.Data.Policies;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Policies;

/// <summary>The index, and what it was made of: so that the next one costs as much as what changed.</summary>
internal sealed class IndexedPolicies
{
    private readonly Dictionary<string, Entry> _entries;
    private readonly IReadOnlyList<PolicySynonym> _synonyms;

    private IndexedPolicies(PolicyIndex index, Dictionary<string, Entry> entries, IReadOnlyList<PolicySynonym> synonyms) =>
        (Index, _entries, _synonyms) = (index, entries, synonyms);

    public static IndexedPolicies None { get; } = new(PolicyIndex.Build([], Synonyms.Own), [], []);

    public PolicyIndex Index { get; }

    public IndexedPolicies With(ShelfContent content)
    {
        var aliases = content.Aliases.ToLookup(a => a.PolicyId, a => a.Alias, StringComparer.Ordinal);
        var memory = content.Memory.ToLookup(m => m.PolicyId, m => m.Question, StringComparer.Ordinal);
        var entries = new Dictionary<string, Entry>(content.Policies.Count, StringComparer.Ordinal);
        List<SearchDocument> changed = [];
        foreach (var policy in content.Policies)
        {
            string[] calledBy = [.. aliases[policy.Id]], askedBy = [.. memory[policy.Id]];
            if (!_entries.TryGetValue(policy.Id, out var entry) || !entry.IsOf(policy, calledBy, askedBy))
            {
                entry = new(policy, calledBy, askedBy);
                changed.Add(PolicyDocuments.Searchable(policy) with { Aliases = [.. policy.Aliases.Union(calledBy)], Questions = askedBy });
            }

            entries.Add(policy.Id, entry);
        }

        string[] removed = [.. _entries.Keys.Where(id => !entries.ContainsKey(id))];
        var index = changed.Count + removed.Length > 0 ? Index.With(changed, removed) : Index;
        return new(SameSynonyms(content.Synonyms) ? index : index.WithSynonyms(Synonyms.Own.With(content.Synonyms)), entries, content.Synonyms);
    }

    private bool SameSynonyms(IReadOnlyList<PolicySynonym> synonyms) =>
        synonyms.Count == _synonyms.Count && synonyms.Zip(_synonyms).All(pair => pair.First.Word == pair.Second.Word && pair.First.Means.SequenceEqual(pair.Second.Means));

    private sealed record Entry(Policy Policy, string[] CalledBy, string[] AskedBy)
    {
        // A document that did not change is the same object; comparing all that it says would cost as much as indexing it.
        public bool IsOf(Policy policy, string[] calledBy, string[] askedBy) =>
            ReferenceEquals(Policy, policy) && CalledBy.AsSpan().SequenceEqual(calledBy) && AskedBy.AsSpan().SequenceEqual(askedBy);
    }
}
