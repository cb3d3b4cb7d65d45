namespace Bot.WeChat.Api;

internal sealed class Templates(WeChatApi api) : ITemplates
{
    private static readonly ApiCall List = ApiCall.Get("/cgi-bin/template/get_all_private_template");
    private static readonly ApiCall Add = ApiCall.Once("/cgi-bin/template/api_add_template");
    private static readonly ApiCall Delete = ApiCall.Once("/cgi-bin/template/del_private_template");
    private static readonly ApiCall Send = ApiCall.Once("/cgi-bin/message/template/send");

    public async Task<ApiResult<IReadOnlyList<TemplateInfo>>> ListAsync(CancellationToken ct) =>
        (await api.AskAsync<TemplateListAnswer>(List, ct)).Map(a => a.TemplateList);

    public async Task<ApiResult<string>> AddAsync(string shortId, IReadOnlyList<string> keywords, CancellationToken ct) =>
        (await api.PostAsync<TemplateAddBody, TemplateAddAnswer>(Add, new(shortId, keywords.Count == 0 ? null : keywords), ct)).Map(a => a.TemplateId);

    public Task<ApiResult<Done>> DeleteAsync(string templateId, CancellationToken ct) =>
        api.DoAsync(Delete, new TemplateDeleteBody(templateId), ct);

    public async Task<ApiResult<long>> SendAsync(TemplateMessage message, CancellationToken ct) =>
        (await api.PostAsync<TemplateSendBody, TemplateSendAnswer>(Send, new(message), ct, dedupId: message.ClientMsgId is not null))
        .Pick(a => a.MsgId);
}
