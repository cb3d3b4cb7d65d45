using System.Collections.Frozen;
using System.Collections.Immutable;
using Bot.Data.Articles;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Publishing;

/// <summary>The public articles in memory, without their bodies, with an index of their own; swapped whole, so that no list waits.</summary>
public sealed class NewsLibrary
{
    private volatile NewsShelf _shelf = NewsShelf.Empty;

    public NewsShelf Shelf => _shelf;

    /// <summary>False while this host has not read them yet: then nothing is known of what is missing.</summary>
    public bool IsRead => !ReferenceEquals(_shelf, NewsShelf.Empty);

    /// <param name="changed">New articles, and new versions of known ones.</param>
    /// <param name="removed">Ids of what is no longer public.</param>
    public void Update(IReadOnlyList<ArticleColumn> columns, IReadOnlyCollection<PublicArticle> changed, IReadOnlyCollection<long> removed) =>
        _shelf = _shelf.With(columns, changed, removed);
}

/// <summary>One state of the library.</summary>
/// <param name="Newest">Last published first.</param>
public sealed record NewsShelf(
    FrozenDictionary<long, PublicArticle> ById, ImmutableArray<PublicArticle> Newest, ImmutableArray<ArticleColumn> Columns, PolicyIndex Index)
{
    // What an article is about stands at its beginning.
    private const int Indexed = 1500;

    private readonly FrozenDictionary<string, ImmutableArray<PublicArticle>> _byColumn =
        Newest.GroupBy(a => a.Content.Column).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());

    private readonly FrozenDictionary<string, ImmutableArray<PublicArticle>> _byPolicy = Newest
        .SelectMany(a => a.Content.Policies, (a, policy) => (a, policy))
        .GroupBy(p => p.policy, p => p.a, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);

    public static NewsShelf Empty { get; } = new(
        FrozenDictionary<long, PublicArticle>.Empty, [], [], PolicyIndex.Build([], Synonyms.Own));

    /// <summary>Newest first; all columns when <paramref name="column"/> is empty.</summary>
    public ImmutableArray<PublicArticle> In(string column) =>
        column.Length == 0 ? Newest : _byColumn.TryGetValue(column, out var articles) ? articles : [];

    /// <summary>What names a policy, newest first.</summary>
    public ImmutableArray<PublicArticle> About(string policy) => _byPolicy.TryGetValue(policy, out var articles) ? articles : [];

    public string NameOf(string column) => Columns.FirstOrDefault(c => c.Code == column)?.Name ?? "";

    /// <returns>The articles that answer a question, best first, with how sure the index is.</returns>
    public IReadOnlyList<(PublicArticle Article, float Confidence)> Find(ReadOnlySpan<char> question, int most)
    {
        if (Newest.Length == 0)
            return [];
        Span<Hit> hits = new Hit[Math.Min(most, PolicyIndex.MaxHits)];
        var count = Index.Search(question, hits);
        if (count == 0 || hits[0].Confidence < PolicyIndex.Found)
            return [];
        var found = new List<(PublicArticle, float)>(count);
        foreach (var hit in hits[..count])
            found.Add((ById[long.Parse(hit.Id, null)], hit.Confidence));
        return found;
    }

    internal NewsShelf With(IReadOnlyList<ArticleColumn> columns, IReadOnlyCollection<PublicArticle> changed, IReadOnlyCollection<long> removed)
    {
        if (changed.Count == 0 && removed.Count == 0)
            return this with { Columns = [.. columns] };
        var all = ById.ToDictionary();
        foreach (var id in removed)
            all.Remove(id);
        foreach (var article in changed)
            all[article.Id] = article;
        return new(
            all.ToFrozenDictionary(), [.. all.Values.OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id)], [.. columns],
            Index.With(changed.Select(Searchable), removed.Select(Key)));
    }

    private static SearchDocument Searchable(PublicArticle article) => new(
        Key(article.Id), article.Content.Title, [], $"{article.Content.Digest}\n{Start(article.Content.Words)}", DocumentType.Explanation) { Issuer = article.Content.Source };

    private static string Start(string words) => words.Length <= Indexed ? words : words[..Indexed];

    private static string Key(long id) => id.ToString(null, null);
}
