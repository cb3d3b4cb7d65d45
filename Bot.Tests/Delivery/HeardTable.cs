using System.Collections.Concurrent;
using Bot.Data.Followers;
using Bot.WeChat;

namespace Bot.Tests.Delivery;

/// <summary>Counts how often each citizen was noted, unless it is away.</summary>
internal sealed class HeardTable : IFollowers
{
    public volatile bool Away;
    public volatile int Refused;

    public ConcurrentDictionary<OpenId, int> Heard { get; } = new();

    public Task HeardFromAsync(IReadOnlyCollection<Heard> heard, CancellationToken ct)
    {
        if (Away)
        {
            Refused++;
            throw new TimeoutException("away");
        }

        foreach (var (citizen, _) in heard)
            Heard.AddOrUpdate(citizen, 1, (_, n) => n + 1);
        return Task.CompletedTask;
    }

    public Task FollowedAsync(OpenId citizen, long eventTime, string? scene, CancellationToken ct) => throw new NotSupportedException();

    public Task UnfollowedAsync(OpenId citizen, long eventTime, CancellationToken ct) => throw new NotSupportedException();

    public Task<Follower?> FindAsync(OpenId citizen, CancellationToken ct) => throw new NotSupportedException();
}
