namespace Bot.WeChat.Api;

internal sealed class Subscriptions(WeChatApi api) : ISubscriptions
{
    private static readonly ApiCall Send = ApiCall.Once("/cgi-bin/message/subscribe/bizsend");
    private static readonly ApiCall Categories = ApiCall.Get("/wxaapi/newtmpl/getcategory");
    private static readonly ApiCall Titles = ApiCall.Get("/wxaapi/newtmpl/getpubtemplatetitles");
    private static readonly ApiCall Keywords = ApiCall.Get("/wxaapi/newtmpl/getpubtemplatekeywords");
    private static readonly ApiCall List = ApiCall.Get("/wxaapi/newtmpl/gettemplate");
    private static readonly ApiCall Add = ApiCall.Once("/wxaapi/newtmpl/addtemplate");
    private static readonly ApiCall Delete = ApiCall.Once("/wxaapi/newtmpl/deltemplate");

    public Task<ApiResult<Done>> SendAsync(SubscriptionMessage message, CancellationToken ct) =>
        api.DoAsync(Send, new SubscriptionSendBody(message.To, message.TemplateId, message.Page, message.MiniProgram, message.Data), ct);

    public async Task<ApiResult<IReadOnlyList<ServiceCategory>>> CategoriesAsync(CancellationToken ct) =>
        (await api.AskAsync<CategoriesAnswer>(Categories, ct)).Map(a => a.Data);

    public async Task<ApiResult<PublicTitlePage>> PublicTitlesAsync(IReadOnlyList<int> categories, int start, int limit, CancellationToken ct) =>
        (await api.AskAsync<TitlesAnswer>(Titles, ct, $"ids={Uri.EscapeDataString(string.Join(',', categories))}&start={start}&limit={limit}"))
        .Map(a => a.Data is { } titles ? new PublicTitlePage(a.Count, titles) : null);

    public async Task<ApiResult<IReadOnlyList<PublicKeyword>>> PublicKeywordsAsync(string titleId, CancellationToken ct) =>
        (await api.AskAsync<KeywordsAnswer>(Keywords, ct, $"tid={Uri.EscapeDataString(titleId)}")).Map(a => a.Data);

    public async Task<ApiResult<IReadOnlyList<SubscriptionTemplate>>> ListAsync(CancellationToken ct) =>
        (await api.AskAsync<SubscriptionTemplatesAnswer>(List, ct)).Map(a => a.Data);

    public async Task<ApiResult<string>> AddAsync(string titleId, IReadOnlyList<int> keywords, string scene, CancellationToken ct) =>
        (await api.PostAsync<SubscriptionAddBody, SubscriptionAddAnswer>(Add, new(titleId, keywords, scene), ct)).Map(a => a.TemplateId);

    public Task<ApiResult<Done>> DeleteAsync(string templateId, CancellationToken ct) =>
        api.DoAsync(Delete, new SubscriptionDeleteBody(templateId), ct);
}
