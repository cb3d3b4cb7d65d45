using Bot.Data.Conversations;
using Bot.WeChat;

namespace Bot.Tests.Desk;

/// <summary>A desk that remembers what was said to it.</summary>
internal sealed class RememberedCalls : IDeskCalls
{
    public bool Open { get; set; }

    public List<string> Said { get; } = [];

    public Task OpenAsync(OpenId citizen, CancellationToken ct)
    {
        Open = true;
        return Task.CompletedTask;
    }

    public Task<bool> HearAsync(OpenId citizen, string words, string key, string? picture, CancellationToken ct)
    {
        if (Open)
            Said.Add(words);
        return Task.FromResult(Open);
    }

    public Task LeaveAsync(OpenId citizen, CancellationToken ct)
    {
        Open = false;
        return Task.CompletedTask;
    }
}
