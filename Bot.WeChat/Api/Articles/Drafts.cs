namespace Bot.WeChat.Api;

internal sealed class Drafts(WeChatApi api) : IDrafts
{
    private static readonly ApiCall Add = ApiCall.Once("/cgi-bin/draft/add");
    private static readonly ApiCall Update = ApiCall.Repeat("/cgi-bin/draft/update");
    private static readonly ApiCall Read = ApiCall.Repeat("/cgi-bin/draft/get");
    private static readonly ApiCall Delete = ApiCall.Once("/cgi-bin/draft/delete");
    private static readonly ApiCall Count = ApiCall.Get("/cgi-bin/draft/count");
    private static readonly ApiCall List = ApiCall.Repeat("/cgi-bin/draft/batchget");

    public async Task<ApiResult<string>> AddAsync(IReadOnlyList<OfficialArticle> articles, CancellationToken ct) =>
        (await api.PostAsync<DraftAddBody, MediaIdAnswer>(Add, new(articles), ct)).Map(a => a.MediaId);

    public Task<ApiResult<Done>> UpdateAsync(string mediaId, int index, OfficialArticle article, CancellationToken ct) =>
        api.DoAsync(Update, new DraftUpdateBody(mediaId, index, article), ct);

    public async Task<ApiResult<IReadOnlyList<OfficialArticle>>> GetAsync(string mediaId, CancellationToken ct) =>
        (await api.PostAsync<MediaIdBody, NewsItemsAnswer>(Read, new(mediaId), ct)).Map(a => a.NewsItem);

    public Task<ApiResult<Done>> DeleteAsync(string mediaId, CancellationToken ct) =>
        api.DoAsync(Delete, new MediaIdBody(mediaId), ct);

    public async Task<ApiResult<int>> CountAsync(CancellationToken ct) =>
        (await api.AskAsync<TotalCountAnswer>(Count, ct)).Pick(a => a.TotalCount);

    public async Task<ApiResult<ArticlePage>> ListAsync(int offset, int count, bool withContent, CancellationToken ct) =>
        (await api.PostAsync<ArticleListBody, ArticleListAnswer>(List, new(offset, count, withContent ? 0 : 1), ct)).Map(a => a.ToPage());
}
