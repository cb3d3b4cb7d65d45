using Bot.Data.Policies;
using Bot.WeChat;

namespace Bot.Tests.Policies;

/// <summary>Remembers who subscribed to what.</summary>
internal sealed class RememberedTopics : ITopics
{
    public List<(string Topic, OpenId Citizen)> Joined { get; } = [];

    public Task JoinAsync(string topic, OpenId citizen, CancellationToken ct)
    {
        if (!Joined.Contains((topic, citizen)))
            Joined.Add((topic, citizen));
        return Task.CompletedTask;
    }

    public Task<bool> LeaveAsync(string topic, OpenId citizen, CancellationToken ct) => Task.FromResult(Joined.Remove((topic, citizen)));

    public Task<IReadOnlyList<string>> OfAsync(OpenId citizen, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([.. Joined.Where(j => j.Citizen == citizen).Select(j => j.Topic)]);

    public Task<IReadOnlyList<OpenId>> SubscribersAsync(string topic, OpenId? after, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Remembers who waits for an answer.</summary>
internal sealed class RememberedWishes : IPolicyMisses
{
    public List<(string Question, string Normal, OpenId Citizen)> Waiting { get; } = [];

    public Task<bool> WaitAsync(string question, string normal, OpenId citizen, CancellationToken ct)
    {
        Waiting.Add((question, normal, citizen));
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<MissedQuestion>> ListAsync(int skip, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> CountAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<MissedQuestion?> FindAsync(string normal, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> AnswerAsync(string normal, string policyId, string words, string url, string actor, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> SetAsideAsync(string normal, string actor, CancellationToken ct) => throw new NotSupportedException();
}
