using Microsoft.Extensions.Options;

namespace Bot.WeChat.Api;

internal sealed class Platform(WeChatApi api, ApiTransport transport, IOptions<WeChatOptions> options) : IPlatform
{
    private const int NoAppId = 41002;
    private const int NoSecret = 41004;

    private static readonly ApiCall CallbackIps = ApiCall.Get("/cgi-bin/getcallbackip");
    private static readonly ApiCall ApiIps = ApiCall.Get("/cgi-bin/get_api_domain_ip");
    private static readonly ApiCall Check = ApiCall.Repeat("/cgi-bin/callback/check");
    private static readonly ApiCall Clear = ApiCall.Once("/cgi-bin/clear_quota");
    private static readonly ApiCall ClearBySecret = ApiCall.Once("/cgi-bin/clear_quota/v2");
    private static readonly ApiCall Quota = ApiCall.Repeat("/cgi-bin/openapi/quota/get");
    private static readonly ApiCall Explain = ApiCall.Repeat("/cgi-bin/openapi/rid/get");

    public async Task<ApiResult<IReadOnlyList<string>>> CallbackAddressesAsync(CancellationToken ct) =>
        (await api.AskAsync<IpListAnswer>(CallbackIps, ct)).Map(a => a.IpList);

    public async Task<ApiResult<IReadOnlyList<string>>> ApiAddressesAsync(CancellationToken ct) =>
        (await api.AskAsync<IpListAnswer>(ApiIps, ct)).Map(a => a.IpList);

    public async Task<ApiResult<NetworkCheck>> CheckCallbackAsync(string action, string from, CancellationToken ct) =>
        (await api.PostAsync<CheckBody, CheckAnswer>(Check, new(action, from), ct)).Map(a => new NetworkCheck(a.Dns ?? [], a.Ping ?? []));

    public Task<ApiResult<Done>> ClearQuotaAsync(CancellationToken ct) =>
        api.DoAsync(Clear, new AppIdBody(options.Value.AppId), ct);

    public async Task<ApiResult<Done>> ClearQuotaBySecretAsync(CancellationToken ct)
    {
        var (id, secret) = (options.Value.AppId, options.Value.AppSecret);
        using var body = JsonBody.Of(new SecretBody { AppId = id, AppSecret = secret });
        var result = await ClearAsync("", body);
        // The documentation's old page puts them into the address, its new page into the body.
        if (result.Error is { Code: NoAppId or NoSecret })
            result = await ClearAsync($"appid={Uri.EscapeDataString(id)}&appsecret={Uri.EscapeDataString(secret)}", null);
        return result.Pick<Done>(_ => default(Done));

        Task<ApiResult<Answer>> ClearAsync(string query, RequestBody? with) =>
            transport.SendAsync(new(ClearBySecret, query, with, Repeatable: false), JsonReader<Answer>.Instance, ct);
    }

    public async Task<ApiResult<ApiQuota>> QuotaAsync(string path, CancellationToken ct) =>
        (await api.PostAsync<QuotaBody, QuotaAnswer>(Quota, new(path), ct)).Map(a => a.Quota);

    public async Task<ApiResult<CallRecord>> ExplainAsync(string rid, CancellationToken ct) =>
        (await api.PostAsync<RidBody, RidAnswer>(Explain, new(rid), ct)).Map(a => a.Request);
}
