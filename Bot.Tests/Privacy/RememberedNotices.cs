using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Tests.Privacy;

/// <summary>Remembers after which words who went on.</summary>
internal sealed class RememberedNotices : IPrivacyConsents
{
    private readonly HashSet<(OpenId Citizen, string Purpose, string Version)> _given = [];

    public Task<bool> HasAsync(OpenId citizen, string purpose, string version, CancellationToken ct) => Task.FromResult(_given.Contains((citizen, purpose, version)));

    public Task GiveAsync(OpenId citizen, string purpose, string version, CancellationToken ct)
    {
        _given.Add((citizen, purpose, version));
        return Task.CompletedTask;
    }
}
