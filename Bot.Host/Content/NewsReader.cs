using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Publishing;

namespace Bot.Host.Content;

/// <summary>Brings the public articles into memory; what did not change since the last time is not read again.</summary>
internal sealed class NewsReader(
    IArticles articles, IArticleColumns columns, NewsLibrary library, DemoArticles demo, IJobs jobs, TimeProvider clock)
{
    private const int AtOnce = 1000;

    private Dictionary<long, int>? _known;

    /// <summary>For one caller at a time.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        if (_known is null)
        {
            await demo.LoadAsync(ct);
            await jobs.KeepAsync(new NewJob(ArticleJobs.Check, "nightly", "{}", clock.GetUtcNow()), ct);
        }

        var known = _known ?? [];
        var stamps = (await articles.StampsAsync(ct)).ToDictionary(s => s.Id, s => s.Stamp);
        List<PublicArticle> changed = [];
        foreach (var part in stamps.Where(s => !known.TryGetValue(s.Key, out var stamp) || stamp != s.Value).Select(s => s.Key).Chunk(AtOnce))
            changed.AddRange(await articles.HeadsAsync(part, ct));
        library.Update(await columns.AllAsync(ct), changed, [.. known.Keys.Where(id => !stamps.ContainsKey(id))]);
        _known = stamps;
    }
}
