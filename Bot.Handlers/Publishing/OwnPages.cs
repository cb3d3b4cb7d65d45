using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Consultations;
using Bot.Data.Numbers;
using Bot.Data.Surveys;
using Bot.Handlers.Policies;

namespace Bot.Handlers.Publishing;

/// <summary>Whether an address on our own host leads a citizen somewhere.</summary>
public sealed class OwnPages(PolicyLibrary policies, NewsLibrary news, ISurveys surveys, IConsultations consultations, IPublicCases cases)
{
    private static readonly string[] s_always = ["p", "news", "surveys", "consultations", "suggestions", "cases", "performance", "performance.json", "performance.csv", "sitemap.xml"];

    /// <param name="path">Without query and fragment.</param>
    /// <returns>Null for an address of which nothing is known here. Files of articles are looked for by whoever asks.</returns>
    public async Task<bool?> AreThereAsync(string path, CancellationToken ct) => Parts(path) switch
    {
        [var page] when s_always.Contains(page) => true,
        ["p", var id] => policies.Shelf.ById.ContainsKey(id),
        ["p", var id, "versions", var version] => Number(version) is { } number && policies.Shelf.RevisionsOf(id).Any(r => r.Version == number),
        ["p", var id, "files", var file, ..] => Number(file) is { } number && policies.Shelf.ById.TryGetValue(id, out var policy) && policy.Attachments.Contains(number),
        ["news", "feeds", var feed] => IsFeed(feed),
        ["news", var id] => Number(id) is { } number && news.Shelf.ById.ContainsKey(number),
        ["surveys", var id] => Number(id) is { } number && await surveys.FindAsync(number, ct) is not null,
        ["consultations", var id] => Number(id) is { } number && await consultations.FindAsync(number, ct) is not null,
        ["cases", var number] => PublicNumber.TryParse(number) is { } read && await cases.FindAsync(read.Text, ct) is not null,
        _ => null,
    };

    private bool IsFeed(string feed) => feed.LastIndexOf('.') is > 0 and var dot && feed[dot..] is ".atom" or ".rss"
        && (feed[..dot] == "all" || news.Shelf.NameOf(feed[..dot]).Length > 0);

    private static string[] Parts(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
