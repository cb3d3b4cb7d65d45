using System.Buffers;
using System.Text;
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
    ISessions sessions, Dispatcher dispatcher, CallbackCodec codec, TurnKeeper turns, LateReplies late, HeardLog heard, OpenSessions open,
    BotMetrics metrics, TimeProvider clock, ILogger<Inbox> logger)
{
    private const int Attempts = 3;
    private const int LeastTold = 300;

    private static readonly Text s_unavailable = Text.Of("chat.unavailable");
    private static readonly Text s_crowded = Text.Of("chat.crowded");
    private static readonly Text s_owed = Text.Of("chat.owed");
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
            for (var attempt = 1; ; attempt++)
            {
                var begun = await sessions.BeginAsync(delivery.Message.From, delivery.Message.DedupeKey, delivery.Lease);
                if (begun.Status is TurnStatus.Running or TurnStatus.Waiting)
                    begun = await WaitAsync(delivery, begun);
                switch (begun.Status)
                {
                    case TurnStatus.Answered:
                        Close(delivery, begun.Payload, CallbackOutcome.Repeated);
                        return;
                    case TurnStatus.Running or TurnStatus.Waiting:
                        Close(delivery, s_success, CallbackOutcome.Repeated);
                        return;
                    case TurnStatus.Crowded:
                        Close(delivery, Written(delivery, Reply.Say(s_crowded.Say())), CallbackOutcome.Crowded);
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
            var tells = begun.Owed is not null && turn.Reply is Reply.Text { Content: var words } && RoomBeside(words) >= LeastTold;
            if (tells)
                turn = turn with { Reply = WithOwed(begun.Owed!, (Reply.Text)turn.Reply) };
            var reply = Written(delivery, turn.Reply);

            // A renewal behind the commit would find the turn gone and call it lost.
            delivery.HoldsTurn = false;
            // Past the deadline the answer goes out by itself: a repeated delivery must not bring it a second time.
            var committed = await sessions.CommitAsync(message.From, message.DedupeKey, delivery.Lease, Kept(turn.Session),
                delivery.IsAcknowledged ? s_success : reply, told: tells ? begun.Owed : null);
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

        if (!Close(delivery, Written(delivery, Apology(message)), CallbackOutcome.Unavailable))
            await late.SendAsync(message.From, Apology(message));
    }

    private ReadOnlyMemory<byte> Written(Delivery delivery, Reply reply)
    {
        if (reply is Reply.Nothing)
            return s_success;
        var output = Scratch();
        codec.WriteReply(delivery.Message, reply, delivery.Format, output);
        return output.WrittenSpan.ToArray();
    }

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

    // The answer stays whole: what is owed is cut to the room beside it, or waits for a shorter one.
    private static Reply WithOwed(string owed, Reply.Text reply)
    {
        var bytes = Encoding.UTF8.GetBytes(owed);
        var end = Math.Min(bytes.Length, RoomBeside(reply.Content));
        while (end < bytes.Length && (bytes[end] & 0xC0) == 0x80)
            end--;
        return Reply.Say($"{s_owed.Say()}\n{Encoding.UTF8.GetString(bytes, 0, end)}\n\n{reply.Content}");
    }

    private static int RoomBeside(string words) => Reply.MaxTextBytes - Encoding.UTF8.GetByteCount(words) - Encoding.UTF8.GetByteCount(s_owed.Say()) - 3;

    // No openid, no text: what a citizen writes to us stays out of the log.
    [LoggerMessage(LogLevel.Error, "A {Kind} message failed in its handler; the citizen was told so")]
    private partial void LogFailed(Exception e, string kind);

    [LoggerMessage(LogLevel.Warning, "A {Kind} message could not be taken; the citizen was told so")]
    private partial void LogGaveUp(Exception e, string kind);
}
