using Bot.Data.Articles;
using Bot.Handlers.Publishing;

namespace Bot.Host.Content;

/// <summary>Brings the public articles into memory; what did not change since the last time is not read again.</summary>
internal sealed class NewsReader(IArticles articles, IArticleColumns columns, NewsLibrary library)
{
    private const int AtOnce = 1000;

    private Dictionary<long, int> _known = [];

    /// <summary>For one caller at a time.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        var stamps = (await articles.StampsAsync(ct)).ToDictionary(s => s.Id, s => s.Stamp);
        List<PublicArticle> changed = [];
        foreach (var part in stamps.Where(s => !_known.TryGetValue(s.Key, out var stamp) || stamp != s.Value).Select(s => s.Key).Chunk(AtOnce))
            changed.AddRange(await articles.HeadsAsync(part, ct));
        library.Update(await columns.AllAsync(ct), changed, [.. _known.Keys.Where(id => !stamps.ContainsKey(id))]);
        _known = stamps;
    }
}
