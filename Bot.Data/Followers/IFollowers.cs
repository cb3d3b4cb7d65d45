using Bot.WeChat;

namespace Bot.Data.Followers;

/// <summary>Who follows the account, and when they were last heard of.</summary>
public interface IFollowers
{
    /// <param name="eventTime">WeChat's time of the event: follow and unfollow arrive twice and out of order, the newest decides.</param>
    /// <param name="scene">The QR code that brought them; null for none.</param>
    Task FollowedAsync(OpenId citizen, long eventTime, string? scene, CancellationToken ct);

    Task UnfollowedAsync(OpenId citizen, long eventTime, CancellationToken ct);

    /// <summary>Notes when citizens last wrote; an older time than the one known changes nothing. One statement for all.</summary>
    Task HeardFromAsync(IReadOnlyCollection<Heard> heard, CancellationToken ct);

    /// <returns>Null for somebody who never followed nor wrote.</returns>
    Task<Follower?> FindAsync(OpenId citizen, CancellationToken ct);
}

public readonly record struct Heard(OpenId Citizen, DateTimeOffset At);

public sealed record Follower(OpenId Citizen, bool Subscribed, string? Scene, DateTimeOffset? LastMessageAt);
