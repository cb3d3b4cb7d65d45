namespace Bot.WeChat.Api;

/// <summary>用户管理. Names, pictures and regions are no longer given out; ask the citizen.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “用户管理”.</remarks>
public interface IUsers
{
    Task<ApiResult<Follower>> InfoAsync(OpenId citizen, CancellationToken ct);

    /// <param name="citizens">At most 100 (40032).</param>
    Task<ApiResult<IReadOnlyList<Follower>>> InfoAsync(IReadOnlyList<OpenId> citizens, CancellationToken ct);

    /// <param name="after">Where the page before ended; null for the first. A page holds at most 10,000.</param>
    Task<ApiResult<OpenIdPage>> ListAsync(OpenId? after, CancellationToken ct);

    /// <param name="remark">Fewer than 30 characters; shown to staff in the account's console.</param>
    Task<ApiResult<Done>> RemarkAsync(OpenId citizen, string remark, CancellationToken ct);

    /// <param name="citizens">At most 20.</param>
    Task<ApiResult<Done>> BlockAsync(IReadOnlyList<OpenId> citizens, CancellationToken ct);

    /// <param name="citizens">At most 20.</param>
    Task<ApiResult<Done>> UnblockAsync(IReadOnlyList<OpenId> citizens, CancellationToken ct);

    /// <param name="after">Where the page before ended; null for the first.</param>
    Task<ApiResult<OpenIdPage>> BlockedAsync(OpenId? after, CancellationToken ct);
}

/// <param name="Next">Pass it on for the next page; null when this was the last.</param>
public sealed record OpenIdPage(int Total, IReadOnlyList<OpenId> OpenIds, OpenId? Next);
