using System.Buffers;
using System.Collections.Immutable;
using Bot.Data.Sessions;
using Bot.Handlers.Conversation;
using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>Changes a session as a message would: in the citizen's turn, so that nothing said at the same moment is lost.</summary>
internal sealed class Screens(ISessions sessions) : IScreens
{
    public async Task<bool> ShowAsync(OpenId citizen, ImmutableArray<string> choices, DateTimeOffset sentAt, string key, CancellationToken ct)
    {
        var (message, lease) = ($"screen:{key}", Guid.NewGuid().ToString("N"));
        var begun = await sessions.BeginAsync(citizen, message, lease);
        if (begun.Status is not TurnStatus.Started)
        {
            await sessions.ReleaseAsync(citizen, message, lease);
            return begun.Status is TurnStatus.Answered;
        }

        var session = SessionJson.Read(begun.Payload.Span).Prompted(choices, sentAt);
        var kept = new ArrayBufferWriter<byte>();
        SessionJson.Write(session, kept);
        return (await sessions.CommitAsync(citizen, message, lease, kept.WrittenMemory, CallbackCodec.Success.ToArray())).Kept;
    }
}
