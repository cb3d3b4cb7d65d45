namespace Bot.WeChat.Api;

internal sealed record DraftAddBody(IReadOnlyList<OfficialArticle> Articles);

// One article here, a list in draft/add.
internal sealed record DraftUpdateBody(string MediaId, int Index, OfficialArticle Articles);

internal sealed record MediaIdBody(string MediaId);

internal sealed record ArticleIdBody(string ArticleId);

internal sealed record ArticleDeleteBody(string ArticleId, int Index);

internal sealed record PublishIdBody(string PublishId);

internal sealed record ArticleListBody(int Offset, int Count, int NoContent);

internal sealed class MediaIdAnswer : Answer
{
    public string? MediaId { get; init; }
}

internal sealed class NewsItemsAnswer : Answer
{
    public IReadOnlyList<OfficialArticle>? NewsItem { get; init; }
}

internal sealed class TotalCountAnswer : Answer
{
    public int? TotalCount { get; init; }
}

internal sealed class ArticleListAnswer : Answer
{
    public int TotalCount { get; init; }
    public IReadOnlyList<ArticleListItem>? Item { get; init; }

    public ArticlePage ToPage() => new(
        TotalCount,
        [.. (Item ?? []).Select(i => new ArticleGroup(i.MediaId ?? i.ArticleId ?? "", i.Content?.NewsItem ?? [], i.UpdateTime))]);
}

internal sealed record ArticleListItem(ArticleListContent? Content = null, string? MediaId = null, string? ArticleId = null, long UpdateTime = 0);

internal sealed record ArticleListContent(IReadOnlyList<OfficialArticle>? NewsItem = null);

internal sealed class PublishSubmitAnswer : Answer
{
    public string? PublishId { get; init; }
}

internal sealed class PublishStatusAnswer : Answer
{
    public int? PublishStatus { get; init; }
    public string? ArticleId { get; init; }
    public PublishedDetail? ArticleDetail { get; init; }
    public IReadOnlyList<int>? FailIdx { get; init; }
}

internal sealed record PublishedDetail(IReadOnlyList<PublishedItem>? Item = null);

internal sealed record PublishedItem(int Idx, string ArticleUrl);
