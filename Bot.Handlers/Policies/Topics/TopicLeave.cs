using Bot.Data.Notices;
using Bot.Data.Policies;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies.Topics;

/// <summary>退订: what the citizen is told of, and how to end each of it, or all.</summary>
public sealed class TopicLeave(ITopics topics, INoticeOptOuts optOuts) : IHandler
{
    public const string Route = "topic.leave";

    private static readonly Text s_which = Text.Of("topic.which");
    private static readonly Text s_nothing = Text.Of("topic.nothing");
    private static readonly Text s_out = Text.Of("topic.out");
    private static readonly Text s_quit = Text.Of("topic.quit");
    private static readonly Text s_quitAll = Text.Of("topic.quit-all");
    private static readonly Text s_resume = Text.Of("topic.resume");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var joined = await topics.OfAsync(request.Citizen, ct);
        var isOut = await optOuts.IsOutAsync(request.Citizen, ct);
        Choice last = isOut ? new(s_resume.Say(), "notice.on") : new(s_quitAll.Say(), "notice.off");
        var lead = isOut ? s_out : joined.Count > 0 ? s_which : s_nothing;
        return NumberedList.Page(
            lead.Say(), [.. joined.Select(t => new Choice(s_quit.Say(t), $"{TopicQuit.Route} {t}"))], request.Page, NumberedList.MaxRows, last);
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

/// <summary>Ends all notices of the office; what other systems send about a citizen's own business goes on.</summary>
public sealed class NoticesOff(INoticeOptOuts optOuts) : IHandler
{
    private static readonly Text s_done = Text.Of("notice.off");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await optOuts.OptOutAsync(request.Citizen, ct);
        return Answer.Say(s_done.Say());
    }
}

/// <summary>Takes that back.</summary>
public sealed class NoticesOn(INoticeOptOuts optOuts) : IHandler
{
    private static readonly Text s_done = Text.Of("notice.on");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await optOuts.OptInAsync(request.Citizen, ct);
        return Answer.Say(s_done.Say());
    }
}
