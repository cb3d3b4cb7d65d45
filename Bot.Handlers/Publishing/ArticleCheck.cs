using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Desk;
using Bot.Handlers.Jobs;
using Bot.Handlers.Policies;

namespace Bot.Handlers.Publishing;

/// <summary>Looks each night whether what public articles point to on our own host is still there. Other hosts are not asked.</summary>
public sealed class ArticleCheck(
    IArticleWatch watch, IArticleFiles files, NewsLibrary news, PolicyLibrary policies, AccountProfile account, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;
    private const int MostFindings = 200;
    private const int LongestShown = 80;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(3);

    public string Kind => ArticleJobs.Check;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        // The documents are read before the articles.
        if (!news.IsRead)
            return new JobOutcome.Again(clock.GetUtcNow() + s_soon);
        List<ArticleFinding> findings = [];
        var after = 0L;
        while (await watch.BodiesAsync(after, AtOnce, ct) is { Count: > 0 } page)
        {
            foreach (var (id, body, named) in page)
                findings.AddRange((await FaultsAsync(body, named, ct)).Select(words => new ArticleFinding(id, "", words, clock.GetUtcNow())));
            after = page[^1].Id;
        }

        await watch.ReplaceFindingsAsync([.. findings.Take(MostFindings)], ct);
        return new JobOutcome.Again(NextNight(clock.GetUtcNow()));
    }

    internal static DateTimeOffset NextNight(DateTimeOffset now)
    {
        var night = new DateTimeOffset(Beijing.DateOf(now), TimeOnly.MinValue, Beijing.Offset) + s_hour;
        return night > now ? night : night.AddDays(1);
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(string body, IReadOnlyList<string> named, CancellationToken ct)
    {
        var addresses = ArticleHtml.AddressesIn(body);
        string[] wanted = [.. addresses.Select(OwnPath).Select(NewsAddress.FileIn).OfType<string>().Concat(named).Distinct()];
        var there = (await files.DescribeAsync(wanted, ct)).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        List<string> faults = [];
        if (named.Any(id => !there.Contains(id)))
            faults.Add("封面或附件的文件找不到了。");
        foreach (var address in addresses.Distinct(StringComparer.Ordinal))
        {
            if (OwnPath(address) is { } path && !IsThere(path, there))
                faults.Add($"链接打不开：{(address.Length <= LongestShown ? address : address[..LongestShown])}");
        }

        return faults;
    }

    private bool IsThere(string path, HashSet<string> there)
    {
        if (NewsAddress.FileIn(path) is { } file)
            return there.Contains(file);
        if (path.StartsWith("/p/", StringComparison.Ordinal) && path.Length > 3)
            return policies.Shelf.ById.ContainsKey(path[3..]);
        return !path.StartsWith("/news/", StringComparison.Ordinal)
            || !long.TryParse(path[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || news.Shelf.ById.ContainsKey(id);
    }

    // Null: not on our host.
    private string? OwnPath(string address)
    {
        if (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal))
            return address.Split('?', '#')[0];
        return account.PublicBaseUrl.Length > 0 && address.StartsWith(account.PublicBaseUrl + "/", StringComparison.OrdinalIgnoreCase)
            ? address[account.PublicBaseUrl.Length..].Split('?', '#')[0] : null;
    }
}
