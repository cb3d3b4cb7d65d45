using Bot.WeChat;

namespace Bot.Data.Followers;

/// <summary>粉丝 for those who look after them.</summary>
public interface IFollowerList
{
    /// <returns>Those heard of last first; at most <see cref="FollowerQuery.Size"/> and one more, which tells that there are further ones.</returns>
    Task<IReadOnlyList<FollowerRow>> ListAsync(FollowerQuery query, CancellationToken ct);

    /// <returns>Null for somebody who never followed nor wrote.</returns>
    Task<FollowerRow?> FindAsync(OpenId citizen, CancellationToken ct);

    /// <summary>How many follow now.</summary>
    Task<long> CountAsync(CancellationToken ct);

    /// <returns>One row a day, those without anybody too; Asia/Shanghai.</returns>
    Task<IReadOnlyList<FollowerDay>> GrowthAsync(DateOnly from, DateOnly to, CancellationToken ct);
}

/// <param name="Reachable">Heard of within 48 hours: a customer-service message can be sent.</param>
public sealed record FollowerQuery(bool? Subscribed, string? Tag, string? Scene, bool Reachable, int Page, int Size);

/// <param name="NoNotices">They do not want the office's notices.</param>
public sealed record FollowerRow(
    OpenId Citizen, bool Subscribed, DateTimeOffset? FollowedAt, DateTimeOffset? LastMessageAt, string? Scene, IReadOnlyList<string> Tags, bool NoNotices);

public sealed record FollowerDay(DateOnly Day, long Came, long Went);
