using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed class Users(WeChatApi api) : IUsers
{
    private static readonly ApiCall Info = ApiCall.Get("/cgi-bin/user/info");
    private static readonly ApiCall Batch = ApiCall.Repeat("/cgi-bin/user/info/batchget");
    private static readonly ApiCall List = ApiCall.Get("/cgi-bin/user/get");
    private static readonly ApiCall Remark = ApiCall.Repeat("/cgi-bin/user/info/updateremark");
    private static readonly ApiCall Block = ApiCall.Repeat("/cgi-bin/tags/members/batchblacklist");
    private static readonly ApiCall Unblock = ApiCall.Repeat("/cgi-bin/tags/members/batchunblacklist");
    private static readonly ApiCall Blocked = ApiCall.Repeat("/cgi-bin/tags/members/getblacklist");

    public async Task<ApiResult<Follower>> InfoAsync(OpenId citizen, CancellationToken ct) =>
        (await api.AskAsync<FollowerAnswer>(Info, ct, $"openid={Uri.EscapeDataString(citizen.Value)}&lang=zh_CN")).Map(a => a.ToFollower());

    public async Task<ApiResult<IReadOnlyList<Follower>>> InfoAsync(IReadOnlyList<OpenId> citizens, CancellationToken ct) =>
        (await api.PostAsync<UserBatchBody, UserBatchAnswer>(Batch, new([.. citizens.Select(c => new UserToRead(c))]), ct)).Map(a => a.UserInfoList);

    public async Task<ApiResult<OpenIdPage>> ListAsync(OpenId? after, CancellationToken ct) =>
        (await api.AskAsync<OpenIdPageAnswer>(List, ct, $"next_openid={Uri.EscapeDataString(after?.Value ?? "")}")).Map(a => a.ToPage());

    public Task<ApiResult<Done>> RemarkAsync(OpenId citizen, string remark, CancellationToken ct) =>
        api.DoAsync(Remark, new RemarkBody(citizen, remark), ct);

    public Task<ApiResult<Done>> BlockAsync(IReadOnlyList<OpenId> citizens, CancellationToken ct) =>
        api.DoAsync(Block, new OpenIdListBody(citizens), ct);

    public Task<ApiResult<Done>> UnblockAsync(IReadOnlyList<OpenId> citizens, CancellationToken ct) =>
        api.DoAsync(Unblock, new OpenIdListBody(citizens), ct);

    public async Task<ApiResult<OpenIdPage>> BlockedAsync(OpenId? after, CancellationToken ct) =>
        (await api.PostAsync<BlockedBody, OpenIdPageAnswer>(Blocked, new(after ?? new OpenId("")), ct)).Map(a => a.ToPage());
}

internal sealed record UserBatchBody(IReadOnlyList<UserToRead> UserList);

internal sealed record UserToRead([property: JsonPropertyName("openid")] OpenId OpenId, string Lang = "zh_CN");

internal sealed class UserBatchAnswer : Answer
{
    public IReadOnlyList<Follower>? UserInfoList { get; init; }
}

internal sealed record RemarkBody([property: JsonPropertyName("openid")] OpenId OpenId, string Remark);

internal sealed record BlockedBody([property: JsonPropertyName("begin_openid")] OpenId BeginOpenId);

internal sealed record OpenIdListBody([property: JsonPropertyName("openid_list")] IReadOnlyList<OpenId> OpenIdList);
