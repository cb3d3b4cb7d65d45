using Bot.WeChat;

namespace Bot.Data.Policies;

/// <summary>Who agreed to be told of a category's news.</summary>
public interface ITopics
{
    Task JoinAsync(string topic, OpenId citizen, CancellationToken ct);

    /// <returns>False when they had not joined.</returns>
    Task<bool> LeaveAsync(string topic, OpenId citizen, CancellationToken ct);

    Task<IReadOnlyList<string>> OfAsync(OpenId citizen, CancellationToken ct);

    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<OpenId>> SubscribersAsync(string topic, OpenId? after, int limit, CancellationToken ct);

    Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken ct);
}
