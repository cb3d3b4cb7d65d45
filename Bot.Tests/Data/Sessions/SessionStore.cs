using Bot.Data.Sessions;
using Bot.WeChat;

namespace Bot.Tests.Data.Sessions;

/// <summary>A session store under test, as two hosts see it, and a way to let its time pass.</summary>
public abstract class SessionStore : IAsyncDisposable
{
    public abstract ISessions One { get; }

    /// <summary>The same store, reached by another host.</summary>
    public abstract ISessions Other { get; }

    public abstract Task OpenAsync();

    /// <summary>What the store keeps of this citizen grows older.</summary>
    public abstract Task PassAsync(OpenId citizen, TimeSpan time);

    public abstract ValueTask DisposeAsync();
}
