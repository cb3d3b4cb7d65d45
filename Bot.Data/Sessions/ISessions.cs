using Bot.WeChat;

namespace Bot.Data.Sessions;

/// <summary>Gives every citizen one turn at a time, on whichever host, and remembers what each message was answered.</summary>
/// <remarks>
/// A turn is two calls: <see cref="BeginAsync"/> and <see cref="CommitAsync"/>. The session itself is bytes that only the
/// caller understands. Every call ends within about a second. It throws <see cref="SessionsUnavailableException"/> when the store is out of
/// reach, and leaves no half a change behind.
/// </remarks>
public interface ISessions
{
    /// <summary>Asks for the turn of <paramref name="message"/>, or tells what became of it. Call again while it says <see cref="TurnStatus.Waiting"/>.</summary>
    /// <param name="message">Equal for every delivery of the message; any text.</param>
    /// <param name="lease">Names this attempt; unique among all hosts.</param>
    /// <param name="again">True when this attempt already stands in the queue.</param>
    Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false);

    /// <summary>Ends the turn: keeps the session and the reply together, or neither.</summary>
    /// <param name="session">Empty forgets the session.</param>
    /// <param name="reply">Given back to every later delivery of the message, for ten minutes.</param>
    /// <param name="told">The beginning of what was owed when the turn began, as far as it is in this reply: it is owed no more, but the rest and what came since still are.</param>
    Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, string? told = null);

    /// <summary>Keeps the turn for another four seconds while its work goes on.</summary>
    /// <returns>False when the turn was lost: it lapsed, and somebody else may have it.</returns>
    Task<bool> RenewAsync(OpenId citizen, string message, string lease);

    /// <summary>
    /// Gives the turn, or the place in the queue, back unused. Safe to repeat, and safe when nothing is held. Also undoes a
    /// <see cref="BeginAsync"/> whose answer never came, once the store works through what it was sent.
    /// </summary>
    Task ReleaseAsync(OpenId citizen, string message, string lease);

    /// <summary>Keeps an answer that could not be sent until the citizen's next message.</summary>
    Task OweAsync(OpenId citizen, string words);
}

public enum TurnStatus
{
    /// <summary>The turn is the caller's; commit or release it.</summary>
    Started,

    /// <summary>The message was answered before; the reply is the stored one.</summary>
    Answered,

    /// <summary>Another delivery of the same message is being worked on.</summary>
    Running,

    /// <summary>Another message of this citizen has the turn; this one stands in the queue.</summary>
    Waiting,

    /// <summary>Too many messages of this citizen stand in the queue; this one was not taken.</summary>
    Crowded,
}

/// <param name="Payload">The session when started, the stored reply when answered; empty for none.</param>
/// <param name="Owed">An answer that an earlier message is still owed; kept until a commit says that it was told.</param>
/// <param name="Place">Place in the queue, from 1, when waiting.</param>
public readonly record struct Begun(TurnStatus Status, ReadOnlyMemory<byte> Payload = default, string? Owed = null, int Place = 0);

/// <param name="Kept">False: the turn was lost and nothing was changed.</param>
/// <param name="Next">The lease that has the turn now, when another message was waiting.</param>
public readonly record struct Committed(bool Kept, string? Next = null);

/// <summary>The session store did not answer in time, or not at all.</summary>
public sealed class SessionsUnavailableException(string message, Exception inner) : Exception(message, inner);
