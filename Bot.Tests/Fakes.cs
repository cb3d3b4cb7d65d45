using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Bot.WeChat;

namespace Bot.Tests;

/// <summary>Remembers who follows.</summary>
internal sealed class RememberedFollows : IFollowLog
{
    public Dictionary<OpenId, FollowChange> Known { get; } = [];

    public Task NoteAsync(FollowChange change, CancellationToken ct)
    {
        Known[change.Citizen] = change;
        return Task.CompletedTask;
    }
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
