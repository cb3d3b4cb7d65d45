using Bot.Data.Sessions;
using Bot.Handlers;
using Bot.WeChat;

namespace Bot.Host.Operation;

/// <summary>The session store's part of a message's way. In use only while traces are made.</summary>
internal sealed class TracedSessions(ISessions sessions) : ISessions
{
    public async Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false)
    {
        using var activity = Tracing.Source.StartActivity("inbox.begin");
        var begun = await sessions.BeginAsync(citizen, message, lease, again);
        activity?.SetTag("status", begun.Status.ToString());
        return begun;
    }

    public async Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, string? told = null)
    {
        using var activity = Tracing.Source.StartActivity("inbox.commit");
        var committed = await sessions.CommitAsync(citizen, message, lease, session, reply, told);
        activity?.SetTag("kept", committed.Kept);
        return committed;
    }

    public Task<bool> RenewAsync(OpenId citizen, string message, string lease) => sessions.RenewAsync(citizen, message, lease);

    public Task ReleaseAsync(OpenId citizen, string message, string lease) => sessions.ReleaseAsync(citizen, message, lease);

    public Task OweAsync(OpenId citizen, string words) => sessions.OweAsync(citizen, words);
}
