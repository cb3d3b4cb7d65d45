namespace Bot.WeChat.Api;

internal sealed class Publishing(WeChatApi api) : IPublishing
{
    private static readonly ApiCall Submit = ApiCall.Once("/cgi-bin/freepublish/submit");
    private static readonly ApiCall Status = ApiCall.Repeat("/cgi-bin/freepublish/get");
    private static readonly ApiCall Article = ApiCall.Repeat("/cgi-bin/freepublish/getarticle");
    private static readonly ApiCall List = ApiCall.Repeat("/cgi-bin/freepublish/batchget");
    private static readonly ApiCall Delete = ApiCall.Once("/cgi-bin/freepublish/delete");

    public async Task<ApiResult<string>> SubmitAsync(string mediaId, CancellationToken ct) =>
        (await api.PostAsync<MediaIdBody, PublishSubmitAnswer>(Submit, new(mediaId), ct)).Map(a => a.PublishId);

    public async Task<ApiResult<PublishStatus>> StatusAsync(string publishId, CancellationToken ct) =>
        (await api.PostAsync<PublishIdBody, PublishStatusAnswer>(Status, new(publishId), ct))
        .Map(a => a.PublishStatus is { } status
            ? new PublishStatus(status, a.ArticleId, [.. (a.ArticleDetail?.Item ?? []).Select(i => i.ArticleUrl)], a.FailIdx ?? [])
            : null);

    public async Task<ApiResult<IReadOnlyList<OfficialArticle>>> GetAsync(string articleId, CancellationToken ct) =>
        (await api.PostAsync<ArticleIdBody, NewsItemsAnswer>(Article, new(articleId), ct)).Map(a => a.NewsItem);

    public async Task<ApiResult<ArticlePage>> ListAsync(int offset, int count, bool withContent, CancellationToken ct) =>
        (await api.PostAsync<ArticleListBody, ArticleListAnswer>(List, new(offset, count, withContent ? 0 : 1), ct)).Map(a => a.ToPage());

    public Task<ApiResult<Done>> DeleteAsync(string articleId, int index, CancellationToken ct) =>
        api.DoAsync(Delete, new ArticleDeleteBody(articleId, index), ct);
}
