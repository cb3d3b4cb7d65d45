namespace Bot.WeChat.Api;

/// <summary>草稿箱: articles before they are published or sent.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “草稿箱”.</remarks>
public interface IDrafts
{
    /// <returns>The draft's media id.</returns>
    Task<ApiResult<string>> AddAsync(IReadOnlyList<OfficialArticle> articles, CancellationToken ct);

    /// <param name="index">Of the article in the draft, from 0.</param>
    Task<ApiResult<Done>> UpdateAsync(string mediaId, int index, OfficialArticle article, CancellationToken ct);

    Task<ApiResult<IReadOnlyList<OfficialArticle>>> GetAsync(string mediaId, CancellationToken ct);

    Task<ApiResult<Done>> DeleteAsync(string mediaId, CancellationToken ct);

    Task<ApiResult<int>> CountAsync(CancellationToken ct);

    /// <param name="offset">From 0.</param>
    /// <param name="count">1 to 20.</param>
    Task<ApiResult<ArticlePage>> ListAsync(int offset, int count, bool withContent, CancellationToken ct);
}

/// <summary>发布: a draft becomes public. Unverified accounts lost the right in 2025 (48001).</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “发布能力”.</remarks>
public interface IPublishing
{
    /// <summary>Accepted, not done: a <see cref="PublishedEvent"/> or <see cref="StatusAsync"/> tells the outcome.</summary>
    /// <returns>The publish id.</returns>
    Task<ApiResult<string>> SubmitAsync(string mediaId, CancellationToken ct);

    Task<ApiResult<PublishStatus>> StatusAsync(string publishId, CancellationToken ct);

    Task<ApiResult<IReadOnlyList<OfficialArticle>>> GetAsync(string articleId, CancellationToken ct);

    /// <param name="offset">From 0.</param>
    /// <param name="count">1 to 20.</param>
    Task<ApiResult<ArticlePage>> ListAsync(int offset, int count, bool withContent, CancellationToken ct);

    /// <summary>Cannot be undone.</summary>
    /// <param name="index">From 1; 0 deletes every article.</param>
    Task<ApiResult<Done>> DeleteAsync(string articleId, int index, CancellationToken ct);
}
