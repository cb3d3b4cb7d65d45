using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>What was withdrawn goes from WeChat, too.</summary>
public sealed class ArticleTakedown(IArticlePushes pushes, PlatformDrafts box, IPublishing publishing, IMassMessages mass) : IJobHandler
{
    private const int NoSuchArticle = 40007;
    private const int NoSuchMessage = 40035;

    public string Kind => ArticleJobs.Takedown;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await pushes.FindAsync(long.Parse(job.Key, CultureInfo.InvariantCulture), ct) is not { State: PushState.Done, RemovedAt: null } push)
            return JobOutcome.Finished;
        // A person said that it went out: its id we never heard.
        if (push is { WeChatArticle: null, MsgId: null })
        {
            var found = push.Kind is PushKind.Publish ? await box.FindPublishedAsync(push.Marker, ct) : new Marked(null, null);
            if (!found.Ok)
                return new JobOutcome.Failed($"{found.Error.ForStaff} ({found.Error.Code})");
            if (found.Value.Id is not { } id)
            {
                await TellAsync(push, "系统不知道这一条在公众号里的编号，没有删除。请到公众平台手动删除。", ct);
                return JobOutcome.Finished;
            }

            push = push with { WeChatArticle = id };
        }

        var removed = push switch
        {
            { WeChatArticle: { } article } => await publishing.DeleteAsync(article, 0, ct),
            { MsgId: { } message } => await mass.DeleteAsync(message, 0, ct),
            _ => (ApiResult<Done>)default(Done),
        };
        // Not there: gone already.
        if (removed.Error is { Code: not (NoSuchArticle or NoSuchMessage) } error)
        {
            await TellAsync(push, $"没有从公众号删除：{error.ForStaff}（{error.Code}）。系统会再试，也可以到公众平台手动删除。", ct);
            return new JobOutcome.Failed($"{error.ForStaff} ({error.Code})");
        }

        await pushes.RemovedAsync(push.Id, ct);
        return JobOutcome.Finished;
    }

    private Task<bool> TellAsync(ArticlePush push, string words, CancellationToken ct) =>
        pushes.MoveAsync(push.Id, PushState.Done, PushState.Done, new(Error: words), ct);
}
