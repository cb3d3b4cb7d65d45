using System.Collections.Frozen;
using System.Collections.Immutable;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Policies;

/// <summary>The published documents in memory, with their index; swapped whole when content changes, so that no answer waits.</summary>
public sealed class PolicyLibrary
{
    private volatile Shelf _shelf = Shelf.Empty;

    public Shelf Shelf => _shelf;

    public void Replace(IReadOnlyList<Policy> policies) => _shelf = Shelf.Of(policies) with { Hot = _shelf.Hot };

    /// <param name="ids">Most read first.</param>
    public void RankHot(IReadOnlyList<string> ids) => _shelf = _shelf with { Hot = [.. ids] };
}

/// <summary>One state of the library.</summary>
/// <param name="Hot">Ids, most read first.</param>
public sealed record Shelf(
    FrozenDictionary<string, Policy> ById, ImmutableArray<PolicyCategory> Categories, ImmutableArray<string> Hot, PolicyIndex Index)
{
    public static Shelf Empty { get; } = Of([]);

    public static Shelf Of(IReadOnlyList<Policy> policies) => new(
        policies.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal),
        [
            .. policies.Where(p => p.Status != PolicyStatus.Repealed).GroupBy(p => p.Category)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new PolicyCategory(g.Key, [.. g.OrderBy(p => p.Id, StringComparer.Ordinal)])),
        ],
        [],
        PolicyIndex.Build([.. policies.Select(PolicyDocuments.Searchable)], PolicyDocuments.Synonyms));
}

/// <summary>主题分类 and its documents.</summary>
public sealed record PolicyCategory(string Name, ImmutableArray<Policy> Policies);
