using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Handlers.Notices.Groups;

/// <summary>A way to say whom a notice goes to, without a list of people: those with a tag, a topic's subscribers, who is booked.</summary>
public interface INoticeGroup
{
    /// <summary>Lower case, in addresses of pages; such as <c>tag</c>.</summary>
    string Kind { get; }

    /// <summary>For staff, such as 标签.</summary>
    string Label { get; }

    /// <exception cref="NoticeGroupException">It cannot be told now.</exception>
    Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct);

    /// <summary>Whether this clerk may write to those of a choice, and so know who they are.</summary>
    bool IsFor(StaffMember clerk, string choice) => true;

    /// <summary>Each citizen once. Who left or opted out may be among them: the queue skips those and says so.</summary>
    /// <param name="choice">Of <see cref="GroupChoice.Value"/>.</param>
    /// <exception cref="NoticeGroupException">It cannot be told now.</exception>
    IAsyncEnumerable<OpenId> MembersAsync(string choice, CancellationToken ct);

    /// <exception cref="NoticeGroupException">It cannot be told now.</exception>
    Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct);
}

/// <param name="Count">How many they are, as far as is known.</param>
public sealed record GroupChoice(string Value, string Label, int? Count = null);

/// <summary>A group could not be read; the message is for the clerk.</summary>
public sealed class NoticeGroupException(string words) : Exception(words);
