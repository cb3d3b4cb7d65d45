using Bot.Data.Embedded;
using Bot.Data.Sessions;
using Bot.WeChat;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Tests.Data.Sessions;

public sealed class LocalStore : SessionStore
{
    private readonly FakeTimeProvider _clock = new();

    public override ISessions One => field ??= new LocalSessions(_clock);

    public override ISessions Other => One;

    public override Task OpenAsync() => Task.CompletedTask;

    public override Task PassAsync(OpenId citizen, TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
