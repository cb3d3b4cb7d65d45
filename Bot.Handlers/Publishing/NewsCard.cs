using System.Globalization;
using Bot.Data.Articles;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Publishing;

/// <summary>One article as an answer: what it says, who says so, how far it holds, and the way to the whole.</summary>
public sealed class NewsCard(NewsLibrary library, PolicyLibrary policies, IArticles articles, AccountProfile account, TimeProvider clock) : IHandler
{
    private const int LongestDigest = 200;
    private const int MostRelated = 3;

    private static readonly Text s_source = Text.Of("news.source");
    private static readonly Text s_correction = Text.Of("news.correction");
    private static readonly Text s_more = Text.Of("news.more");
    private static readonly Text s_gone = Text.Of("news.gone");
    private static readonly Text s_withdrawn = Text.Of("news.withdrawn");
    private static readonly Text s_related = Text.Of("news.related");
    private static readonly Choice s_latest = new(Text.Of("news.to-latest").Say(), "news");

    public static string CommandFor(long id) => string.Create(CultureInfo.InvariantCulture, $"news.card {id}");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var shelf = library.Shelf;
        if (!long.TryParse(request.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return NumberedList.Page(s_gone.Say(), [s_latest], 0);
        if (!shelf.ById.TryGetValue(id, out var article))
        {
            return NumberedList.Page(
                await articles.FindAsync(id, ct) is { Withdrawn: { } withdrawn } gone
                    ? s_withdrawn.Say(gone.Content.Title, NewsWords.Date(withdrawn.At), ReplyText.Escape(withdrawn.Reason))
                    : s_gone.Say(),
                [s_latest], 0);
        }

        Choice[] related =
        [
            .. article.Content.Policies.Where(policies.Shelf.ById.ContainsKey).Take(MostRelated)
                .Select(p => new Choice(policies.Shelf.ById[p].Title, PolicyCard.CommandFor(p))),
        ];
        var words = Words(article, shelf.NameOf(article.Content.Column));
        return related.Length > 0
            ? NumberedList.Page($"{words}\n\n{s_related.Say()}", [.. related, s_latest], 0)
            : NumberedList.Page(words, [s_latest], 0);
    }

    private string Words(PublicArticle article, string column)
    {
        var (content, today) = (article.Content, Beijing.DateOf(clock.GetUtcNow()));
        var digest = NewsWords.Digest(content);
        List<string> lines = [];
        if (!article.HoldsOn(today))
            lines.Add(NewsWords.Lapsed.Say());
        lines.Add($"【{ReplyText.Escape(content.Title)}】");
        lines.Add($"{column} {NewsWords.Date(article.PublishedAt)}");
        if (digest.Length > 0)
            lines.Add(ReplyText.Escape(NewsWords.Cut(digest, LongestDigest)));
        if (content.Correction.Length > 0)
            lines.Add(s_correction.Say(ReplyText.Escape(content.Correction)));
        if (content.Source.Length > 0)
            lines.Add(s_source.Say(ReplyText.Escape(content.Source)));
        if (article.HoldsOn(today) && NewsWords.Validity(article, today) is { Length: > 0 } until)
            lines.Add(until);
        if (account.PublicBaseUrl.Length > 0)
            lines.Add($"<a href=\"{account.PublicBaseUrl}{NewsAddress.Of(article.Id)}\">{s_more.Say()}</a>");
        return string.Join('\n', lines);
    }
}
