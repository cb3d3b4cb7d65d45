using System.Text.Json.Nodes;

namespace Bot.Simulator.World;

/// <summary>Articles: drafts, and what became of publishing them. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class Drafts(Dice dice, VirtualClock clock)
{
    private readonly Dictionary<string, Draft> _drafts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Publication> _publications = new(StringComparer.Ordinal);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Draft> All => [.. _drafts.Values.OrderByDescending(d => d.Changed)];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Publication> Published => [.. _publications.Values.Where(p => p.ArticleId is not null).Reverse()];

    public Draft Keep(JsonArray articles)
    {
        var draft = new Draft(dice.Text(64), (JsonArray)articles.DeepClone()) { Changed = clock.Now };
        _drafts.Add(draft.Id, draft);
        return draft;
    }

    public Draft? Find(string? id) => id is null ? null : _drafts.GetValueOrDefault(id);

    public void Remove(string id) => _drafts.Remove(id);

    public Publication Submit(Draft draft)
    {
        var publication = new Publication(dice.Digits(10), draft);
        _publications.Add(publication.Id, publication);
        return publication;
    }

    public Publication? Publication(string? id) => id is null ? null : _publications.GetValueOrDefault(id);

    /// <summary>The article gets its id when the job ends, and the draft is gone.</summary>
    public void Finish(Publication publication)
    {
        publication.ArticleId = dice.Text(64);
        _drafts.Remove(publication.Draft.Id);
    }

    public Draft? FindPublished(string? articleId) => Published.FirstOrDefault(p => p.ArticleId == articleId)?.Draft;

    /// <summary>For the page that shows an article: the draft or what was published from it.</summary>
    public Draft? Readable(string id) => Find(id) ?? _publications.Values.FirstOrDefault(p => p.Draft.Id == id)?.Draft;
}

internal sealed class Draft(string id, JsonArray articles)
{
    public string Id => id;
    public JsonArray Articles => articles;
    public DateTimeOffset Changed { get; set; }
}

internal sealed class Publication(string id, Draft draft)
{
    public string Id => id;
    public Draft Draft => draft;

    /// <summary>Null while the job runs and after a deletion.</summary>
    public string? ArticleId { get; set; }
}
