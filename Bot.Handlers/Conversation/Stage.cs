using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Conversation;

/// <summary>One message and the session that it met; makes the session that follows.</summary>
internal readonly record struct Stage(Inbound Message, Utterance? Said, Session Session, DateTimeOffset Now)
{
    /// <summary>Sent before the message that caused the question on the screen, so it cannot be its answer. Same second: it can.</summary>
    public bool IsBeforeItsQuestion => Message.CreateTime < Session.CausedAt;

    /// <summary>Whether the number is for the form that is open, although a list of ours came after its question: nobody has read that yet, or it has no such number.</summary>
    public bool IsForTheForm(Screen list, int number) => Session.Flow is not null && list.SentAt is not null && (IsBefore(list) || number > list.Choices.Length);

    /// <summary>Sent before the list could be read.</summary>
    public bool IsBefore(Screen list) => list.SentAt is { } sent ? Message.CreateTime < sent.ToUnixTimeSeconds() : IsBeforeItsQuestion;

    /// <summary>The session after a flow spoke.</summary>
    public Turn Asks(FlowTurn turn, string lead = "")
    {
        // A list that we sent by ourselves waits beneath the form until that is done.
        var screen = turn.State is null && !turn.Answer.Choices.IsEmpty ? new Screen(turn.Answer.Choices, []) : Session.Screen is { SentAt: not null } ours ? ours : null;
        return new(
            Dispatcher.Led(lead, turn.Answer.Reply),
            Session with { Flow = turn.State, Screen = screen, AtDesk = false, CausedAt = turn.SameQuestion ? Session.CausedAt : NewestCause });
    }

    /// <summary>The session after a handler spoke.</summary>
    /// <param name="by">The command that asked it; where 返回 leads back to, if it showed a list.</param>
    public Turn Shows(Answer answer, Matched by, int page, string lead, string setAside)
    {
        var reply = Dispatcher.Led(lead, answer.Reply);
        if (setAside.Length > 0 && reply is Reply.Text text)
            reply = Reply.Say($"{text.Content}\n\n{setAside}");
        // At the desk the numbers of the last list mean nothing: 1 is said to a person.
        var session = answer.Desk switch
        {
            DeskMove.Enters => Session with { AtDesk = true, Screen = null },
            DeskMove.Leaves => Session with { AtDesk = false },
            null => Session,
        };
        if (answer.Choices.IsEmpty)
            return new(reply, session);

        var command = answer.Command.Length > 0 ? answer.Command : by.Argument.Length == 0 ? by.Route.Name : $"{by.Route.Name} {by.Argument}";
        var trail = Session.Screen?.Trail ?? [];
        if (trail.LastOrDefault() != command)
            trail = trail.Length < Screen.LongestTrail ? trail.Add(command) : trail.RemoveAt(0).Add(command);
        return new(reply, session with { Screen = new(answer.Choices, trail, page, answer.More), CausedAt = NewestCause });
    }

    private long NewestCause => Math.Max(Session.CausedAt, Message.CreateTime);
}
