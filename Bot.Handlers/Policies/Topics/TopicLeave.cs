using Bot.Data.Policies;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies.Topics;

/// <summary>我的订阅: what the citizen is told of, and how to end each of it.</summary>
public sealed class TopicLeave(ITopics topics, RouteTable routes) : IHandler
{
    public const string Route = "topic.leave";

    // 退订, if this release has it: ends all that the office sends.
    private const string OptOut = "optout";

    private static readonly Text s_which = Text.Of("topic.which");
    private static readonly Text s_nothing = Text.Of("topic.nothing");
    private static readonly Text s_quit = Text.Of("topic.quit");
    private static readonly Text s_others = Text.Of("topic.others");
    private static readonly Choice s_browse = new(Text.Of("policy.browse").Say(), "policy");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var joined = await topics.OfAsync(request.Citizen, ct);
        Choice[] others = routes.Command(OptOut) is null ? [s_browse] : [s_browse, new(s_others.Say(), OptOut)];
        return NumberedList.Page(
            (joined.Count > 0 ? s_which : s_nothing).Say(), [.. joined.Select(t => new Choice(s_quit.Say(t), $"{TopicQuit.Route} {t}"))],
            request.Page, NumberedList.MaxRows, others);
    }
}

/// <summary>Ends one subscription.</summary>
public sealed class TopicQuit(ITopics topics) : IHandler
{
    public const string Route = "topic.quit";

    private static readonly Text s_done = Text.Of("topic.quit-done");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await topics.LeaveAsync(request.Argument, request.Citizen, ct);
        return Answer.Say(s_done.Say(request.Argument));
    }
}
