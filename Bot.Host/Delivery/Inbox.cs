using System.Buffers;
using Bot.Data.Sessions;
using Bot.Handlers;
using Bot.Handlers.Conversation;
using Bot.Handlers.Texts;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>Takes one message in and gives one reply out: once, in the citizen's order, in time, whatever happens in between.</summary>
internal sealed partial class Inbox(
    ISessions sessions, Dispatcher dispatcher, TurnKeeper turns, LateReplies late, HeardLog heard, OpenSessions open,
    BotMetrics metrics, TimeProvider clock, ILogger<Inbox> logger)
{
    private const int Attempts = 3;

    private static readonly Text s_unavailable = Text.Of("chat.unavailable");
    private static readonly Text s_crowded = Text.Of("chat.crowded");
    private static readonly byte[] s_success = CallbackCodec.Success.ToArray();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_scratch;

    // A repeat asks this often whether its first delivery is done.
    private static readonly TimeSpan s_repeatAsks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_queueAsks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_queueAsksAtLeast = TimeSpan.FromMilliseconds(500);

    /// <summary>Never throws, and ends within <see cref="BotOptions.ReplyWithin"/>.</summary>
    /// <returns>The plain reply, to be sealed as its message came; <c>success</c> when the answer follows by itself or there is none.</returns>
    public Task<ReadOnlyMemory<byte>> ReceiveAsync(Inbound message, DataFormat format)
    {
        heard.Note(message);
        var delivery = turns.Enter(message, format);
        _ = WorkAsync(delivery);
        return delivery.Closed;
    }

    private async Task WorkAsync(Delivery delivery)
    {
        try
        {
            // What became of a notice is no turn of the citizen's, comes once, and is kept though the sessions are away.
            if (delivery.Message is TemplateSentEvent)
            {
                var (_, outcome) = await DispatchAsync(delivery.Message, Session.New);
                Close(delivery, s_success, outcome);
                return;
            }

            for (var attempt = 1; ; attempt++)
            {
                var begun = await sessions.BeginAsync(delivery.Message.From, delivery.Message.DedupeKey, delivery.Lease);
                if (begun.Status is TurnStatus.Running or TurnStatus.Waiting)
                    begun = await WaitAsync(delivery, begun);
                switch (begun.Status)
                {
                    case TurnStatus.Answered:
                        Close(delivery, Again(delivery, begun.Payload), CallbackOutcome.Repeated);
                        return;
                    case TurnStatus.Running or TurnStatus.Waiting:
                        Close(delivery, s_success, CallbackOutcome.Repeated);
                        return;
                    case TurnStatus.Crowded:
                        Close(delivery, Written(delivery, Reply.Say(s_crowded.Say()), Now), CallbackOutcome.Crowded);
                        return;
                }

                if (await AnswerAsync(delivery, begun, attempt))
                    return;
                if (attempt == Attempts)
                    throw new InvalidOperationException("The turn was lost every time");
            }
        }
        catch (Exception e)
        {
            LogGaveUp(e, delivery.Message.Kind);
            await GiveBackAsync(delivery);
        }
        finally
        {
            turns.Leave(delivery);
        }
    }

    // False: the turn was lost to somebody else, or the commit's answer was. Beginning again tells which.
    private async Task<bool> AnswerAsync(Delivery delivery, Begun begun, int attempt)
    {
        var message = delivery.Message;
        delivery.HoldsTurn = true;
        try
        {
            var session = SessionJson.Read(begun.Payload.Span);
            var (turn, outcome) = await DispatchAsync(message, session);
            string? told = null;
            if (begun.Owed is { } owed && turn.Reply is Reply.Text words && Owed.Before(words, owed) is { } both)
                (turn, told) = (turn with { Reply = both.Reply }, both.Told);
            var now = Now;
            var reply = Written(delivery, turn.Reply, now);

            // A renewal behind the commit would find the turn gone and call it lost.
            delivery.HoldsTurn = false;
            // Past the deadline the answer goes out by itself: a repeated delivery must not bring it a second time.
            var committed = await sessions.CommitAsync(message.From, message.DedupeKey, delivery.Lease, Kept(turn.Session),
                delivery.IsAcknowledged ? s_success : Kept(turn.Reply, now, reply), told);
            if (!committed.Kept)
                return false;
            turns.Wake(committed.Next);
            open.Note(message.From, turn.Session.Flow is not null);
            if (!Close(delivery, reply, outcome))
                await late.SendAsync(message.From, turn.Reply);
            return true;
        }
        catch (SessionsUnavailableException) when (attempt < Attempts && !delivery.IsAcknowledged)
        {
            return false;
        }
        finally
        {
            delivery.HoldsTurn = false;
        }
    }

    private bool Close(Delivery delivery, ReadOnlyMemory<byte> reply, CallbackOutcome outcome)
    {
        if (!delivery.TryAnswer(reply))
            return false;
        metrics.Callback(delivery.Message.Kind, outcome, clock.GetElapsedTime(delivery.ArrivedAt));
        return true;
    }

    private async ValueTask<(Turn Turn, CallbackOutcome Outcome)> DispatchAsync(Inbound message, Session session)
    {
        try
        {
            return (await dispatcher.DispatchAsync(message, session, CancellationToken.None), CallbackOutcome.Answered);
        }
        catch (Exception e)
        {
            // The session stays where it was, so that the citizen can repeat the last answer.
            LogFailed(e, message.Kind);
            return (new(Apology(message), session), CallbackOutcome.Failed);
        }
    }

    private async Task<Begun> WaitAsync(Delivery delivery, Begun begun)
    {
        var (message, key, lease) = (delivery.Message, delivery.Message.DedupeKey, delivery.Lease);
        // Past the deadline too: if the first delivery's host died, the platform will not deliver the message again.
        while (begun.Status is TurnStatus.Running && clock.GetElapsedTime(delivery.ArrivedAt) < SessionLimits.QueueKept)
        {
            await Task.Delay(delivery.IsAcknowledged ? s_queueAsksAtLeast : s_repeatAsks, clock);
            begun = await sessions.BeginAsync(message.From, key, lease);
        }

        // In the queue past the deadline too: the message is acknowledged then, not forgotten.
        while (begun.Status is TurnStatus.Waiting && clock.GetElapsedTime(delivery.ArrivedAt) < SessionLimits.QueueKept)
        {
            var asks = s_queueAsks * begun.Place;
            await turns.WaitAsync(lease, asks < s_queueAsksAtLeast ? asks : s_queueAsksAtLeast);
            begun = await sessions.BeginAsync(message.From, key, lease, again: true);
        }

        return begun.Status is TurnStatus.Waiting ? throw new TimeoutException("The citizen's earlier messages take too long") : begun;
    }

    private async Task GiveBackAsync(Delivery delivery)
    {
        var message = delivery.Message;
        try
        {
            await sessions.ReleaseAsync(message.From, message.DedupeKey, delivery.Lease);
        }
        catch (SessionsUnavailableException e)
        {
            LogGaveUp(e, message.Kind);
        }

        if (!Close(delivery, Written(delivery, Apology(message), Now), CallbackOutcome.Unavailable))
            await late.SendAsync(message.From, Apology(message));
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private static ReadOnlyMemory<byte> Written(Delivery delivery, Reply reply, long now)
    {
        if (reply is Reply.Nothing)
            return s_success;
        var output = Scratch();
        CallbackCodec.WriteReply(delivery.Message, reply, delivery.Format, now, output);
        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlyMemory<byte> Kept(Reply reply, long now, ReadOnlyMemory<byte> written)
    {
        if (reply is not Reply.Text words)
            return written;
        var output = Scratch();
        KeptReply.Write(words, now, output);
        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlyMemory<byte> Again(Delivery delivery, ReadOnlyMemory<byte> kept) =>
        KeptReply.TryRead(kept.Span, out var reply, out var time) ? Written(delivery, reply, time) : kept;

    private static ReadOnlyMemory<byte> Kept(Session session)
    {
        var output = Scratch();
        SessionJson.Write(session, output);
        return output.WrittenSpan.ToArray();
    }

    // What is written leaves it as an array of its own length: a store that answers late may still be reading that.
    private static ArrayBufferWriter<byte> Scratch()
    {
        var scratch = t_scratch ??= new(2048);
        scratch.ResetWrittenCount();
        return scratch;
    }

    // Who only opened a page or moved about asked nothing, and is told nothing.
    private static Reply Apology(Inbound message) =>
        message is Message or ClickEvent or ScanEvent or ScanCodeEvent or SubscribeEvent ? Reply.Say(s_unavailable.Say()) : Reply.Silence;

    // No openid, no text: what a citizen writes to us stays out of the log.
    [LoggerMessage(LogLevel.Error, "A {Kind} message failed in its handler; the citizen was told so")]
    private partial void LogFailed(Exception e, string kind);

    [LoggerMessage(LogLevel.Warning, "A {Kind} message could not be taken; the citizen was told so")]
    private partial void LogGaveUp(Exception e, string kind);
}
