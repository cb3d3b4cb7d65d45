using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>Remembers who follows and who left, through a database's bad minute too.</summary>
public interface IFollowLog
{
    Task NoteAsync(FollowChange change, CancellationToken ct);
}

/// <param name="EventTime">WeChat's time of the event: such events arrive twice and out of order, the newest decides.</param>
/// <param name="Scene">The QR code that brought them; null for none.</param>
public readonly record struct FollowChange(OpenId Citizen, bool Follows, long EventTime, string? Scene = null);
