using System.Collections.Frozen;
using System.Collections.Immutable;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Life;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Policies;

/// <summary>One state of the library.</summary>
public sealed record Shelf
{
    private Shelf(IndexedPolicies indexed) => Indexed = indexed;

    public static Shelf Empty { get; } = new(IndexedPolicies.None);

    public FrozenDictionary<string, Policy> ById { get; private init; } = FrozenDictionary<string, Policy>.Empty;

    public ImmutableArray<PolicyCategory> Categories { get; private init; } = [];

    /// <summary>Ids, most read first.</summary>
    public ImmutableArray<string> Hot { get; init; } = [];

    public LifeEvents LifeEvents { get; private init; } = LifeEvents.None;

    /// <summary>Files of published documents; others are not for the public.</summary>
    public FrozenDictionary<long, AttachmentFile> Files { get; private init; } = FrozenDictionary<long, AttachmentFile>.Empty;

    public PolicyIndex Index => Indexed.Index;

    internal IndexedPolicies Indexed { get; }

    private ILookup<string, Policy> Explanations { get; init; } = Array.Empty<Policy>().ToLookup(p => p.Id);

    private ILookup<string, VersionDay> Revisions { get; init; } = Array.Empty<VersionDay>().ToLookup(v => v.PolicyId);

    /// <returns>The documents that answer the words as a question, surest first, with how sure the index is.</returns>
    public IReadOnlyList<(Policy Policy, float Confidence)> Answering(string words, int most)
    {
        var hits = new Hit[most];
        return
        [
            .. hits[..Index.Search(words, hits)].Where(hit => hit.Confidence >= PolicyIndex.Found && ById.ContainsKey(hit.Id))
                .Select(hit => (ById[hit.Id], hit.Confidence)),
        ];
    }

    /// <summary>What explains a document or puts it into practice.</summary>
    public IEnumerable<Policy> Explaining(string id) => Explanations[id];

    /// <summary>When each version became public, oldest first; empty for a document that never changed.</summary>
    public IEnumerable<VersionDay> RevisionsOf(string id) => Revisions[id];

    public static Shelf Of(ShelfContent content, Shelf before) => new(before.Indexed.With(content))
    {
        ById = content.Policies.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal),
        Categories =
        [
            .. content.Policies.Where(p => p.Status != PolicyStatus.Repealed).GroupBy(p => p.Category)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new PolicyCategory(g.Key, [.. g.OrderBy(p => p.Id, StringComparer.Ordinal)])),
        ],
        Hot = before.Hot,
        LifeEvents = new(content.LifeEvents),
        Files = content.Files.ToFrozenDictionary(f => f.Id),
        Explanations = content.Policies.Where(p => p.Explains.Length > 0).ToLookup(p => p.Explains, StringComparer.Ordinal),
        Revisions = content.Revisions.ToLookup(v => v.PolicyId, StringComparer.Ordinal),
    };
}

/// <summary>主题分类 and its documents.</summary>
public sealed record PolicyCategory(string Name, ImmutableArray<Policy> Policies);

/// <summary>All that a shelf is made of, as kept.</summary>
public sealed record ShelfContent(IReadOnlyList<Policy> Policies)
{
    public IReadOnlyList<AttachmentFile> Files { get; init; } = [];
    public IReadOnlyList<PolicyAlias> Aliases { get; init; } = [];
    public IReadOnlyList<PolicySynonym> Synonyms { get; init; } = [];
    public IReadOnlyList<SimilarQuestion> Memory { get; init; } = [];
    public IReadOnlyList<LifeEvent> LifeEvents { get; init; } = [];
    public IReadOnlyList<VersionDay> Revisions { get; init; } = [];
}
