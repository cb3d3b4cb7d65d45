using Bot.Data.Followers;
using Bot.Handlers.Policies;
using Bot.WeChat;

namespace Bot.Tests;

/// <summary>Remembers who follows, as the table does.</summary>
internal sealed class RememberedFollowers : IFollowers
{
    public Dictionary<OpenId, Follower> Known { get; } = [];

    public Task FollowedAsync(OpenId citizen, long eventTime, string? scene, CancellationToken ct)
    {
        Known[citizen] = new(citizen, true, scene, null);
        return Task.CompletedTask;
    }

    public Task UnfollowedAsync(OpenId citizen, long eventTime, CancellationToken ct)
    {
        Known[citizen] = new(citizen, false, null, null);
        return Task.CompletedTask;
    }

    public Task HeardFromAsync(IReadOnlyCollection<Heard> heard, CancellationToken ct) => Task.CompletedTask;

    public Task<Follower?> FindAsync(OpenId citizen, CancellationToken ct) => Task.FromResult(Known.GetValueOrDefault(citizen));
}

internal sealed class CountedSearches : ISearchWatch
{
    public int Missed { get; private set; }

    public void Searched(TimeSpan took, bool missed) => Missed += missed ? 1 : 0;
}

/// <summary>Keeps the outcomes of notices that came in.</summary>
internal sealed class HeardEvents : Bot.Data.Notices.INoticeEvents
{
    public List<Bot.Data.Notices.NoticeEvent> Heard { get; } = [];

    public Task HearAsync(Bot.Data.Notices.NoticeEvent heard, CancellationToken ct)
    {
        Heard.Add(heard);
        return Task.CompletedTask;
    }
}
