using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>
/// The list of a notice for a group, brought up to date when it starts: by a job of kind <see cref="JobKind"/> whose key is the notice's id, which every
/// sweep enqueues for those that wait. Until then nothing of it is handed out.
/// </summary>
public interface INoticeGathering
{
    const string JobKind = "notice-gather";

    /// <returns>Whom it is for; null when it does not wait: it was gathered, or is stopped.</returns>
    Task<NoticeGroup?> WaitsForAsync(string notice, CancellationToken ct);

    /// <summary>Who left the group is not sent to, and listed with the reason; who came is added. In constant memory, all or nothing.</summary>
    /// <returns>Null when it waits no more.</returns>
    Task<NoticeGathered?> GatherAsync(string notice, IAsyncEnumerable<OpenId> members, CancellationToken ct);
}

/// <param name="Left">Those of the draft who are not in the group any more.</param>
/// <param name="Joined">Those who are, and were not.</param>
public sealed record NoticeGathered(int Left, int Joined);
