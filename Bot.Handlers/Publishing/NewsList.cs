using Bot.Data.Articles;
using Bot.Handlers.Policies.Topics;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Publishing;

/// <summary>最新: what was published last, in all columns or in one.</summary>
public sealed class NewsList(NewsLibrary library) : IHandler
{
    public const string Route = "news";

    // Ten pages: nobody turns over more in a chat, and the page has them all.
    private const int Most = 90;

    private static readonly Text s_latest = Text.Of("news.latest");
    private static readonly Text s_column = Text.Of("news.column");
    private static readonly Text s_subscribe = Text.Of("news.subscribe");
    private static readonly Text s_nothing = Text.Of("news.nothing");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var shelf = library.Shelf;
        var articles = shelf.In(request.Argument);
        var name = shelf.NameOf(request.Argument);
        if (articles.Length == 0)
            return Answer.SayAsync(s_nothing.Say(name));
        Choice[] subscribe = name.Length == 0 ? [] : [new(s_subscribe.Say(name), $"{TopicOffer.Route} {name}")];
        return Task.FromResult(NumberedList.Page(
            name.Length == 0 ? s_latest.Say() : s_column.Say(name), [.. articles.Take(Most).Select(Line)], request.Page, NumberedList.MaxRows, subscribe));
    }

    internal static Choice Line(PublicArticle article) => new(
        $"{Beijing.DateOf(article.PublishedAt):MM-dd} {article.Content.Title}", NewsCard.CommandFor(article.Id));
}

/// <summary>公告: what was announced last.</summary>
public sealed class NewsAnnouncements(NewsList news) : IHandler
{
    private const string Column = "announcements";

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => news.HandleAsync(request with { Argument = Column }, ct);
}
