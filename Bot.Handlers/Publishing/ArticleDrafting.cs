using Bot.Data.Articles;
using Bot.Handlers.Desk;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>Puts an article with its pictures into the account's draft box.</summary>
public sealed class ArticleDrafting(ArticlePictureUpload pictures, PlatformDrafts box, AccountProfile account)
{
    private const int NoSuchMedia = 40007;

    public async Task<Drafted> PutAsync(ArticlePush push, ArticleContent content, CancellationToken ct)
    {
        var put = await TryAsync(push, content, ct);
        if (put is not Drafted.Refused { Error: { Code: NoSuchMedia, MayBeDone: false } })
            return put;
        // It had a picture once and does not know it any more, as when somebody tidied up there: it gets all of them anew.
        await pictures.ForgetAsync(PicturesOf(content), ct);
        return await TryAsync(push, content, ct);
    }

    private async Task<Drafted> TryAsync(ArticlePush push, ArticleContent content, CancellationToken ct)
    {
        Dictionary<string, string> addresses = new(StringComparer.Ordinal);
        foreach (var (place, picture) in WeChatArticle.PicturesIn(content.Body).Index())
        {
            var uploaded = await pictures.ForBodyAsync(picture, ct);
            if (!uploaded.Ok)
                return new Drafted.Refused(uploaded.Error, $"正文第 {place + 1} 张图片没有上传成功");
            addresses.Add(picture, uploaded.Value);
        }

        var thumb = await pictures.ForCoverAsync(content.Cover!, ct);
        if (!thumb.Ok)
            return new Drafted.Refused(thumb.Error, "封面图没有上传成功");
        var made = await box.PutAsync(push, new OfficialArticle(
            content.Title, WeChatArticle.Content(content, picture => addresses[picture]), thumb.Value, content.Author, NewsWords.Digest(content),
            WeChatArticle.SourceUrl(account.PublicBaseUrl, push.Article, push.Marker)), ct);
        return made switch
        {
            { Ok: true } => new Drafted.Put(made.Value!),
            { Error: { Class: ErrorClass.OutcomeUnknown } } => new Drafted.Unknown(),
            _ => new Drafted.Refused(made.Error!, "没有存进公众号草稿箱"),
        };
    }

    private static IReadOnlyList<string> PicturesOf(ArticleContent content) => [.. WeChatArticle.PicturesIn(content.Body), content.Cover!];
}

public abstract record Drafted
{
    private Drafted()
    {
    }

    /// <param name="Draft">Its media id.</param>
    public sealed record Put(string Draft) : Drafted;

    /// <summary>It may lie in the box.</summary>
    public sealed record Unknown : Drafted;

    /// <param name="What">What was not done, for the clerk.</param>
    public sealed record Refused(ApiError Error, string What) : Drafted;
}
