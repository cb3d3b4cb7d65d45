using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.Handlers.Desk;
using Bot.Handlers.Publishing;
using Bot.Host.Pages.Console;
using Bot.Host.Pages.Public;
using Microsoft.Net.Http.Headers;

namespace Bot.Host.Endpoints;

/// <summary>What programs read of the articles: feeds, and the files themselves; and where all that is public lies.</summary>
internal static class NewsEndpoints
{
    private const int InFeed = 30;
    private const string All = "all";
    private static readonly TimeSpan s_held = TimeSpan.FromMinutes(10);

    extension(IEndpointRouteBuilder app)
    {
        public void MapNews()
        {
            var news = app.MapGroup("").RequireRateLimiting(PublicPages.RateLimit);
            news.MapGet("/news/feeds/{column}.atom", (string column, NewsLibrary library, AccountProfile account) => Feed(column, atom: true, library, account));
            news.MapGet("/news/feeds/{column}.rss", (string column, NewsLibrary library, AccountProfile account) => Feed(column, atom: false, library, account));
            news.MapGet(NewsAddress.Files + "{id:length(32)}", FileAsync);
            app.MapGet(NewsAddress.DeskFiles + "{id:length(32)}", DeskFileAsync)
                .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator));
            news.MapGet("/sitemap.xml", (Sitemap sitemap) => sitemap.ServeAsync());
            news.MapGet("/robots.txt", (AccountProfile account) => TypedResults.Text(
                $"User-agent: *\nDisallow: /console/\nDisallow: /api/\nDisallow: /simulator/\nDisallow: /wechat/\nSitemap: {account.PublicBaseUrl}/sitemap.xml\n"));
        }
    }

    private static IResult Feed(string column, bool atom, NewsLibrary library, AccountProfile account)
    {
        var shelf = library.Shelf;
        if (column != All && shelf.NameOf(column).Length == 0)
            return TypedResults.NotFound();
        var articles = shelf.In(column == All ? "" : column).Take(InFeed).ToArray();
        var page = new Uri($"{account.PublicBaseUrl}/news{(column == All ? "" : $"?column={column}")}");
        var self = new Uri($"{account.PublicBaseUrl}/news/feeds/{column}.{(atom ? "atom" : "rss")}");
        var name = column == All ? account.Name : $"{account.Name} {shelf.NameOf(column)}";
        var feed = new SyndicationFeed(name, $"{name}的最新发布", page, self.ToString(), articles.Length == 0 ? DateTimeOffset.UnixEpoch : articles[0].PublishedAt)
        {
            Language = "zh-CN",
            Items = [.. articles.Select(article => Item(article, shelf, account))],
        };
        feed.Links.Add(SyndicationLink.CreateSelfLink(self, atom ? "application/atom+xml" : "application/rss+xml"));
        feed.Authors.Add(new SyndicationPerson(null, account.Name, null));
        return Xml(atom ? "application/atom+xml" : "application/rss+xml", writer =>
        {
            SyndicationFeedFormatter formatter = atom ? new Atom10FeedFormatter(feed) : new Rss20FeedFormatter(feed, serializeExtensionsAsAtom: true);
            formatter.WriteTo(writer);
        });
    }

    private static SyndicationItem Item(PublicArticle article, NewsShelf shelf, AccountProfile account)
    {
        var address = new Uri(account.PublicBaseUrl + NewsAddress.Of(article.Id));
        var item = new SyndicationItem(NewsWords.Printable(article.Content.Title), (string?)null, address, address.ToString(), article.PublishedAt)
        {
            PublishDate = article.FirstAt,
            Summary = new TextSyndicationContent(NewsWords.Printable(NewsWords.Digest(article.Content))),
        };
        item.Categories.Add(new SyndicationCategory(shelf.NameOf(article.Content.Column)));
        return item;
    }

    private static async Task<IResult> FileAsync(string id, IArticleFiles files, HttpContext context, CancellationToken ct)
    {
        if (!NewsAddress.IsFile(NewsAddress.OfFile(id)) || !await files.IsPublicAsync(id, ct))
            return TypedResults.NotFound();
        // A withdrawal must reach every cache, and soon.
        context.Response.Headers.CacheControl = $"public, max-age={(int)s_held.TotalSeconds}";
        return await ContentAsync(id, files, context, ct);
    }

    private static async Task<IResult> DeskFileAsync(string id, IArticleFiles files, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        return NewsAddress.IsFile(NewsAddress.OfFile(id)) ? await ContentAsync(id, files, context, ct) : TypedResults.NotFound();
    }

    private static async Task<IResult> ContentAsync(string id, IArticleFiles files, HttpContext context, CancellationToken ct)
    {
        // Made of the content: who has it need not get it again.
        var tag = new EntityTagHeaderValue($"\"{id}\"");
        if (context.Request.GetTypedHeaders().IfNoneMatch is { } known && known.Any(k => k.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if (await files.ReadAsync(id, ct) is not { } found)
            return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(found.Content, found.File.Type, found.File.IsPicture ? null : found.File.Name, entityTag: tag);
    }

    private static IResult Xml(string type, Action<XmlWriter> write)
    {
        using var text = new MemoryStream();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
            write(writer);
        return TypedResults.Bytes(text.ToArray(), $"{type}; charset=utf-8");
    }
}
