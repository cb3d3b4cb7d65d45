namespace Bot.WeChat.Api;

/// <summary>用户标签: at most 100 an account, 20 a citizen.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “用户标签管理”.</remarks>
public interface ITags
{
    /// <param name="name">Unique, at most 30 bytes of UTF-8: 10 Chinese characters.</param>
    Task<ApiResult<Tag>> CreateAsync(string name, CancellationToken ct);

    Task<ApiResult<IReadOnlyList<Tag>>> ListAsync(CancellationToken ct);

    Task<ApiResult<Done>> RenameAsync(int id, string name, CancellationToken ct);

    Task<ApiResult<Done>> DeleteAsync(int id, CancellationToken ct);

    /// <param name="citizens">At most 50.</param>
    Task<ApiResult<Done>> GiveAsync(int id, IReadOnlyList<OpenId> citizens, CancellationToken ct);

    /// <param name="citizens">At most 50.</param>
    Task<ApiResult<Done>> TakeAsync(int id, IReadOnlyList<OpenId> citizens, CancellationToken ct);

    Task<ApiResult<IReadOnlyList<int>>> OfAsync(OpenId citizen, CancellationToken ct);

    /// <param name="after">Where the page before ended; null for the first.</param>
    Task<ApiResult<OpenIdPage>> FollowersAsync(int id, OpenId? after, CancellationToken ct);
}

/// <param name="Id">0, 1 and 2 are the platform's own.</param>
/// <param name="Count">Followers with it; only lists tell.</param>
public sealed record Tag(int Id, string Name, int Count = 0);
