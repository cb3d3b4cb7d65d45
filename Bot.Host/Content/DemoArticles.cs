using System.Text.Json;
using Bot.Data.Articles;
using Bot.Handlers.Publishing;

namespace Bot.Host.Content;

/// <summary>Fills the columns of an empty installation in demo mode. Days in the file count back from today, so that the demo is never stale.</summary>
internal sealed class DemoArticles(IArticles articles, IArticleDesk desk, IArticleFiles files, TimeProvider clock) : IDemoPart
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await articles.StampsAsync(ct)).Count > 0)
            return;
        await using var file = File.OpenRead(Path.Combine(s_folder, "articles.json"));
        var entries = await JsonSerializer.DeserializeAsync<Entry[]>(file, JsonSerializerOptions.Web, ct) ?? [];
        var cover = await CoverAsync(ct);
        var now = clock.GetUtcNow();
        await desk.ImportAsync([.. entries.OrderByDescending(e => e.DaysAgo).Select(e => e.ToArticle(cover, now))], onlyFirst: true, ct);
    }

    private async Task<string> CoverAsync(CancellationToken ct)
    {
        var drawn = await File.ReadAllBytesAsync(Path.Combine(s_folder, "cover.png"), ct);
        return await ArticlePictures.ReadAsync(drawn, ct) is PictureRead.Kept kept
            ? (await files.AddAsync("封面.png", kept.Type, kept.Content, kept.Width, kept.Height, "system:demo", ct)).Id
            : throw new InvalidDataException("Demo/cover.png is no picture");
    }

    private sealed record Entry(
        string Column, string Title, string Digest, string Body, string Source, double DaysAgo, string Author = "", int? MadeDaysAgo = null,
        int? LapsesInDays = null, string Correction = "", IReadOnlyList<string>? Policies = null, bool Cover = true)
    {
        public ImportedArticle ToArticle(string cover, DateTimeOffset now)
        {
            var clean = ArticleHtml.Clean(Body);
            var today = Bot.Handlers.Beijing.DateOf(now);
            return new(
                new ArticleContent
                {
                    Column = Column, Title = Title, Digest = Digest, Body = clean.Html, Words = clean.Words, Source = Source, Author = Author,
                    Cover = Cover ? cover : null, Policies = Policies ?? [], MadeOn = MadeDaysAgo is { } made ? today.AddDays(-made) : null,
                    LapsesOn = LapsesInDays is { } lapses ? today.AddDays(lapses) : null, Correction = Correction,
                },
                now.AddDays(-DaysAgo), "bianji", "shenhe", "admin");
        }
    }
}
