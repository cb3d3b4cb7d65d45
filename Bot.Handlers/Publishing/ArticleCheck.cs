using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Desk;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Publishing;

/// <summary>Looks each night whether what public articles name and point to is still there: their files, pages of our own, and those of other hosts.</summary>
public sealed class ArticleCheck(
    IArticleWatch watch, IArticleFiles files, NewsLibrary news, OwnPages own, OutsideLinks outside, AccountProfile account, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;
    private const int LongestShown = 160;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(3);

    // Without an address of our own only what begins with a slash is ours.
    private static readonly Uri s_nowhere = new("http://localhost/");

    public string Kind => ArticleJobs.Check;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        // The documents are read before the articles.
        if (!news.IsRead)
            return new JobOutcome.Again(clock.GetUtcNow() + s_soon);
        List<ArticleFinding> findings = [];
        List<(long Article, string Written, Uri Address)> elsewhere = [];
        var after = 0L;
        while (await watch.BodiesAsync(after, AtOnce, ct) is { Count: > 0 } page)
        {
            foreach (var (id, body, named) in page)
            {
                var addresses = ArticleHtml.AddressesIn(body).Distinct(StringComparer.Ordinal).Select(a => (Written: a, Url: Absolute(a))).Where(a => a.Url is not null).ToArray();
                var there = await FilesAsync([.. addresses.Select(a => FileAt(a.Url!)).OfType<string>(), .. named], ct);
                if (named.Any(file => !there.Contains(file)))
                    Find(id, "封面或附件的文件找不到了。");
                foreach (var (written, url) in addresses)
                {
                    if (await IsThereAsync(url!, there, ct) is not { } known)
                        elsewhere.Add((id, written, url!));
                    else if (!known)
                        Find(id, $"链接打不开：{written}");
                }
            }

            after = page[^1].Id;
        }

        var faults = await outside.FaultsAsync([.. elsewhere.Select(e => e.Address)], ct);
        foreach (var (article, written, address) in elsewhere)
        {
            if (faults.TryGetValue(address, out var fault))
                Find(article, IsOurs(address) ? $"链接打不开：{written}" : $"链接打不开（{fault}）：{written}");
        }

        await watch.ReplaceFindingsAsync(findings, ct);
        return new JobOutcome.Again(NextNight(clock.GetUtcNow()));

        void Find(long article, string words) => findings.Add(new(article, "", NewsWords.Cut(words, LongestShown), clock.GetUtcNow()));
    }

    internal static DateTimeOffset NextNight(DateTimeOffset now)
    {
        var night = new DateTimeOffset(Beijing.DateOf(now), TimeOnly.MinValue, Beijing.Offset) + s_hour;
        return night > now ? night : night.AddDays(1);
    }

    private async Task<HashSet<string>> FilesAsync(IReadOnlyCollection<string> wanted, CancellationToken ct) =>
        (await files.DescribeAsync([.. wanted.Distinct()], ct)).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);

    // Null: whoever is at that address has to be asked.
    private async Task<bool?> IsThereAsync(Uri url, HashSet<string> there, CancellationToken ct) =>
        !IsOurs(url) ? null : FileAt(url) is { } file ? there.Contains(file) : await own.AreThereAsync(url.AbsolutePath, ct);

    // The name only: what it leads to stands in the article that is public.
    private string? FileAt(Uri url) => IsOurs(url) ? NewsAddress.FileIn(url.AbsolutePath) : null;

    private bool IsOurs(Uri url) => url.Authority == Home.Authority;

    private Uri Home => account.PublicBaseUrl.Length > 0 ? new(account.PublicBaseUrl) : s_nowhere;

    // Null: no address of a page, such as a telephone number or a place on the same page.
    private Uri? Absolute(string address) =>
        !address.StartsWith('#') && Uri.TryCreate(Home, address, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;
}
