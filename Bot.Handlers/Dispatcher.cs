using Bot.Handlers.Appointments;
using Bot.Handlers.Conversation;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers;

/// <summary>Gives a message to whoever it is for: a command's handler, the list on the screen, the open flow, or else free text.</summary>
/// <remarks>Pure but for the handlers: it takes the session in and gives it back, and the inbox keeps both or neither.</remarks>
public sealed class Dispatcher(RouteTable routes, HandlerSet handlers, LapsedForms forms, ConversationOptions options, TimeProvider clock)
{
    private static readonly Text s_tooFast = Text.Of("chat.too-fast");
    private static readonly Text s_welcome = Text.Of("welcome.by-scene");
    private static readonly Text s_nothingOpen = Text.Of("chat.nothing-open");
    private static readonly Text s_noList = Text.Of("chat.no-list");
    private static readonly Text s_notOnList = Text.Of("chat.not-on-list");
    private static readonly Text s_newer = Text.Of("chat.newer-list");

    public async ValueTask<Turn> DispatchAsync(Inbound message, Session session, CancellationToken ct)
    {
        using var activity = Tracing.Source.StartActivity("dispatch");
        activity?.SetTag("kind", message.Kind);
        var now = clock.GetUtcNow();
        session = session with { Turn = session.Turn + 1, Pace = session.Pace.Next(now) };
        if (session.Pace.Count > options.MessagesPerMinute)
            return new(Reply.Say(s_tooFast.Say()), session);

        var stage = new Stage(message, Utterance.Of(message), session, now);
        if (session.Flow is not { } flow || now - flow.AskedAt <= options.FlowPatience)
            return (await RouteAsync(stage, null, ct))!;

        var lapsed = await forms.EndedAsync(flow, message.From, ct);
        stage = stage with { Session = session with { Flow = null } };
        var turn = await RouteAsync(stage, flow, ct);
        if (turn is null)
            return new(Reply.Say(await forms.TakeAsync(stage, flow, ct)), stage.Session);
        // Whoever takes it up again need not be told that it ended.
        return turn.Reply is Reply.Nothing || turn.Session.Flow?.Run == flow.Run ? turn : turn with { Reply = Led(lapsed, turn.Reply) };
    }

    // Null: the message was meant for the flow that has lapsed, so that telling so is the answer.
    private async ValueTask<Turn?> RouteAsync(Stage stage, FlowState? lapsed, CancellationToken ct)
    {
        if (stage.Said is { } said)
        {
            if (stage.Session is { Flow: null, AtDesk: false, Screen: { } shown } && (ReminderWords.Meant(shown, said) ?? RatingWords.Meant(shown, said)) is { } meant)
                return await RunAsync(stage, routes.Command(meant)!.Value, 0, ct);
            var steer = FlowCommand.Read(said);
            if (steer is not FlowCommand.None)
                return await SteerAsync(stage, steer, ct);
            if (routes.Typed(said, strict: stage.Session.AtDesk || AwaitsWords(stage.Session)) is { } typed)
                return await RunAsync(stage, typed, 0, ct);
            if (stage.Session.OnTop is { } screen && said.Number is { } number && !stage.IsForTheForm(screen, number))
                return await PickAsync(stage, screen, number, ct);
            if (stage.Session.AtDesk)
                return await RunAsync(stage, routes.Command("desk")!.Value with { Argument = said.Raw }, 0, ct);
            if (stage.Session.Flow is not null)
                return await AnswerFlowAsync(stage, ct) ?? await RunAsync(stage, new(routes.Anything, said.Raw), 0, ct);
            if (lapsed is not null && (said.Number is not null || handlers.Flow(lapsed.Flow)?.AwaitsWords(lapsed) is not false))
                return null;
            return said.Number is not null
                ? await RunAsync(stage, routes.Command("help")!.Value, 0, ct, s_noList.Say())
                : await RunAsync(stage, new(routes.Anything, said.Raw), 0, ct);
        }

        if (stage.Session.AtDesk && stage.Message is Message)
            return await RunAsync(stage, routes.Command("desk")!.Value, 0, ct);

        // A picture or a place may be an answer; a page that was opened or a job that ended never is.
        if (stage.Session.Flow is not null && stage.Message is Message && await AnswerFlowAsync(stage, ct) is { } answered)
            return answered;
        var turn = await RunAsync(stage, Door(stage.Message), 0, ct);
        // A poster promised something: after the welcome they get it at once.
        return stage.Message is SubscribeEvent { Scene: { } scene } && routes.Scene(scene) is { } promised
            ? await RunAsync(stage, promised, 0, ct, s_welcome.Say())
            : turn;
    }

    private Matched Door(Inbound message) => message switch
    {
        // A button may lead where a poster does: survey_12.
        ClickEvent click => routes.Key(click.EventKey) ?? routes.Scene(click.EventKey) ?? routes.Command("help")!.Value,
        ScanEvent scan => routes.Scene(scan.Scene) ?? routes.Message(message)!.Value,
        _ => routes.Message(message) ?? routes.Command("silence")!.Value,
    };

    private async ValueTask<Turn> SteerAsync(Stage stage, FlowCommand steer, CancellationToken ct)
    {
        var (screen, flow) = (stage.Session.OnTop, stage.Session.Flow);
        switch (steer)
        {
            case FlowCommand.Resume when stage.Session is { Flow: null, AtDesk: false } && await forms.LatestAsync(stage.Message.From, ct) is { } kept:
                return await RepeatFlowAsync(stage, kept, "", ct);
            case FlowCommand.Cancel when stage.Session.AtDesk:
                return await RunAsync(stage, routes.Command("desk.leave")!.Value, 0, ct);
            case FlowCommand.NextPage when screen is { SentAt: null, Trail.IsEmpty: true }:
                return new(Reply.Say(FlowWords.LastPage.Say()), stage.Session);
            case FlowCommand.NextPage when screen is { SentAt: null }:
                return screen.More
                    ? await RunAsync(stage, Redo(screen), screen.Page + 1, ct)
                    : await RunAsync(stage, Redo(screen), screen.Page, ct, FlowWords.LastPage.Say());
            case FlowCommand.Resume when flow is not null:
            case FlowCommand.Back when flow is not null && screen is not null:
                return await RepeatFlowAsync(stage, flow, "", ct);
            case FlowCommand.Back or FlowCommand.Cancel or FlowCommand.NextPage or FlowCommand.Finish when flow is not null:
                return await AnswerFlowAsync(stage, ct) ?? throw new InvalidOperationException($"{flow.Flow} did not take {steer}");
            case FlowCommand.Back when screen is { Trail: [.. var before, _] } && before.Length > 0:
                return await RunAsync(stage with { Session = stage.Session with { Screen = screen with { Trail = [.. before] } } },
                    Redo(screen with { Trail = [.. before] }), 0, ct);
            case FlowCommand.Back:
                return await RunAsync(stage, routes.Command("help")!.Value, 0, ct);
            default:
                return await RunAsync(stage, routes.Command("help")!.Value, 0, ct, s_nothingOpen.Say());
        }
    }

    private async ValueTask<Turn> PickAsync(Stage stage, Screen screen, int number, CancellationToken ct)
    {
        // What we sent by ourselves, or what a form ended with, stays to be answered; nothing could show it again.
        if (screen.SentAt is not null || screen.Trail.IsEmpty)
        {
            if (stage.IsBefore(screen) || number > screen.Choices.Length)
                return new(Reply.Say(stage.IsBefore(screen) ? s_newer.Say() : s_notOnList.Say(screen.Choices.Length)), stage.Session);
            stage = stage with { Session = stage.Session with { Screen = screen with { SentAt = null } } };
        }
        else if (stage.IsBefore(screen))
        {
            return await RunAsync(stage, Redo(screen), screen.Page, ct);
        }

        return number <= screen.Choices.Length && routes.Command(screen.Choices[number - 1]) is { } picked
            ? await RunAsync(stage, picked, 0, ct)
            : await RunAsync(stage, Redo(screen), screen.Page, ct, s_notOnList.Say(screen.Choices.Length));
    }

    private Matched Redo(Screen screen) =>
        screen.Trail is [.., var last] && routes.Command(last) is { } again ? again : routes.Command("help")!.Value;

    private async ValueTask<Turn> RunAsync(Stage stage, Matched to, int page, CancellationToken ct, string lead = "")
    {
        using var activity = Tracing.Source.StartActivity("handler");
        activity?.SetTag("route", to.Route.Name);
        var request = new Request(stage.Message, to.Argument, page, stage.Session.Screen?.Trail.LastOrDefault() ?? "");
        if (to.Route.StartsFlow)
        {
            var begun = await handlers.Flow(to.Route).StartAsync(request, stage.Now, ct);
            return stage.Asks(begun, lead);
        }

        var answer = await handlers.Handler(to.Route).HandleAsync(request, ct);
        if (answer.PassedTo.Length > 0 && routes.Command(answer.PassedTo) is { } better)
            return await RunAsync(stage, better, page, ct, lead);
        var setAside = stage.Session.Flow is { } open && stage.Said is not null && answer.Reply is Reply.Text
            ? FlowWords.SetAside.Say(handlers.Flow(open.Flow)?.Title ?? "") : "";
        return stage.Shows(answer, to, page, lead, setAside);
    }

    private bool AwaitsWords(Session session) => session.Flow is { } flow && session.Screen is null or { SentAt: not null } && (handlers.Flow(flow.Flow)?.AwaitsWords(flow) ?? false);

    private async ValueTask<Turn?> AnswerFlowAsync(Stage stage, CancellationToken ct)
    {
        var state = stage.Session.Flow!;
        if (handlers.Flow(state.Flow) is not { } flow)      // a release without this flow: nothing to answer any more
            return null;
        using var activity = Tracing.Source.StartActivity("flow");
        activity?.SetTag("flow", state.Flow);
        var request = new Request(stage.Message, "");
        if (stage.IsBeforeItsQuestion)
            return stage.Asks(await flow.RepeatAsync(request, state, "", stage.Now, ct));
        return await flow.AnswerAsync(request, stage.Said, state, stage.Now, ct) is { } turn ? stage.Asks(turn) : null;
    }

    private async ValueTask<Turn> RepeatFlowAsync(Stage stage, FlowState state, string lead, CancellationToken ct) =>
        handlers.Flow(state.Flow) is { } flow
            ? stage.Asks(await flow.RepeatAsync(new(stage.Message, ""), state, lead, stage.Now, ct))
            : await RunAsync(stage with { Session = stage.Session with { Flow = null } }, routes.Command("help")!.Value, 0, ct, s_nothingOpen.Say());

    internal static Reply Led(string lead, Reply reply) =>
        lead.Length > 0 && reply is Reply.Text text ? Reply.Say($"{lead}\n\n{text.Content}") : reply;
}

/// <summary>What one message left behind.</summary>
public sealed record Turn(Reply Reply, Session Session);
