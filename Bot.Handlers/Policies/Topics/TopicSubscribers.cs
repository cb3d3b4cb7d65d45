using System.Runtime.CompilerServices;
using Bot.Data.Policies;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;

namespace Bot.Handlers.Policies.Topics;

/// <summary>Whom a notice about a category may go to: those who agreed to be told of it.</summary>
internal sealed class TopicSubscribers(ITopics topics) : INoticeGroup
{
    private const int AtOnce = 1000;

    public string Kind => "topic";

    public string Label => "主题订阅者";

    public async Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct) =>
        [.. (await topics.CountAsync(ct)).OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => new GroupChoice(t.Key, t.Key, t.Value))];

    public async IAsyncEnumerable<OpenId> MembersAsync(string choice, [EnumeratorCancellation] CancellationToken ct)
    {
        OpenId? after = null;
        while (await topics.SubscribersAsync(choice, after, AtOnce, ct) is { Count: > 0 } members)
        {
            foreach (var member in members)
                yield return member;
            after = members[^1];
        }
    }

    public async Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct) => (await topics.OfAsync(citizen, ct)).Contains(choice);
}
