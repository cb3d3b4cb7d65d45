using Bot.Data.Articles;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Publishing;

/// <summary>Articles that answer a citizen's question, for the list below the guides.</summary>
public sealed class NewsFinder(NewsLibrary library, TimeProvider clock)
{
    // Beside guides only what is surely meant.
    private const float Sure = 0.6f;
    private const int BesideGuides = 2;
    private const int Alone = 5;

    private static readonly Text s_column = Text.Of("news.in-list");
    private static readonly Text s_lapsed = Text.Of("news.in-list-lapsed");

    /// <param name="alone">Whether no guide was found.</param>
    public Choice[] Find(ReadOnlySpan<char> question, bool alone)
    {
        var shelf = library.Shelf;
        var today = Beijing.DateOf(clock.GetUtcNow());
        return
        [
            .. shelf.Find(question, alone ? Alone : BesideGuides).Where(found => alone || found.Confidence >= Sure)
                .Select(found => new Choice(Label(found.Article, shelf, today), NewsCard.CommandFor(found.Article.Id))),
        ];
    }

    private static string Label(PublicArticle article, NewsShelf shelf, DateOnly today) =>
        (article.HoldsOn(today) ? s_column : s_lapsed).Say(shelf.NameOf(article.Content.Column), article.Content.Title);
}
