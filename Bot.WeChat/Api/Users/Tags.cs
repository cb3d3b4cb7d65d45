using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed class Tags(WeChatApi api) : ITags
{
    private static readonly ApiCall Create = ApiCall.Once("/cgi-bin/tags/create");
    private static readonly ApiCall List = ApiCall.Get("/cgi-bin/tags/get");
    private static readonly ApiCall Update = ApiCall.Repeat("/cgi-bin/tags/update");
    private static readonly ApiCall Delete = ApiCall.Once("/cgi-bin/tags/delete");
    private static readonly ApiCall Give = ApiCall.Repeat("/cgi-bin/tags/members/batchtagging");
    private static readonly ApiCall Take = ApiCall.Repeat("/cgi-bin/tags/members/batchuntagging");
    private static readonly ApiCall Of = ApiCall.Repeat("/cgi-bin/tags/getidlist");
    private static readonly ApiCall Followers = ApiCall.Repeat("/cgi-bin/user/tag/get");

    public async Task<ApiResult<Tag>> CreateAsync(string name, CancellationToken ct) =>
        (await api.PostAsync<TagBody, TagAnswer>(Create, new(new(null, name)), ct)).Map(a => a.Tag);

    public async Task<ApiResult<IReadOnlyList<Tag>>> ListAsync(CancellationToken ct) =>
        (await api.AskAsync<TagsAnswer>(List, ct)).Map(a => a.Tags);

    public Task<ApiResult<Done>> RenameAsync(int id, string name, CancellationToken ct) =>
        api.DoAsync(Update, new TagBody(new(id, name)), ct);

    public Task<ApiResult<Done>> DeleteAsync(int id, CancellationToken ct) =>
        api.DoAsync(Delete, new TagBody(new(id, null)), ct);

    public Task<ApiResult<Done>> GiveAsync(int id, IReadOnlyList<OpenId> citizens, CancellationToken ct) =>
        api.DoAsync(Give, new TaggingBody(citizens, id), ct);

    public Task<ApiResult<Done>> TakeAsync(int id, IReadOnlyList<OpenId> citizens, CancellationToken ct) =>
        api.DoAsync(Take, new TaggingBody(citizens, id), ct);

    public async Task<ApiResult<IReadOnlyList<int>>> OfAsync(OpenId citizen, CancellationToken ct) =>
        (await api.PostAsync<OpenIdBody, TagIdsAnswer>(Of, new(citizen), ct)).Map(a => a.TagIds);

    public async Task<ApiResult<OpenIdPage>> FollowersAsync(int id, OpenId? after, CancellationToken ct) =>
        (await api.PostAsync<TagFollowersBody, OpenIdPageAnswer>(Followers, new(id, after ?? new OpenId("")), ct)).Map(a => a.ToPage());
}

internal sealed record TagBody(TagToWrite Tag);

internal sealed record TagToWrite(int? Id, string? Name);

internal sealed class TagAnswer : Answer
{
    public Tag? Tag { get; init; }
}

internal sealed class TagsAnswer : Answer
{
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record TaggingBody(
    [property: JsonPropertyName("openid_list")] IReadOnlyList<OpenId> OpenIdList, [property: JsonPropertyName("tagid")] int TagId);

internal sealed record OpenIdBody([property: JsonPropertyName("openid")] OpenId OpenId);

internal sealed class TagIdsAnswer : Answer
{
    [JsonPropertyName("tagid_list")]
    public IReadOnlyList<int>? TagIds { get; init; }
}

internal sealed record TagFollowersBody(
    [property: JsonPropertyName("tagid")] int TagId, [property: JsonPropertyName("next_openid")] OpenId NextOpenId);
