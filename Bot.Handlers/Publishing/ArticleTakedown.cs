using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>What was withdrawn goes from WeChat, too.</summary>
public sealed class ArticleTakedown(IArticlePushes pushes, IPublishing publishing, IMassMessages mass) : IJobHandler
{
    public string Kind => ArticleJobs.Takedown;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await pushes.FindAsync(long.Parse(job.Key, CultureInfo.InvariantCulture), ct) is not { RemovedAt: null } push)
            return JobOutcome.Finished;
        var removed = push switch
        {
            { WeChatArticle: { } article } => await publishing.DeleteAsync(article, 0, ct),
            { MsgId: { } message } => await mass.DeleteAsync(message, 0, ct),
            _ => (ApiResult<Done>)default(Done),
        };
        // Its own refusals mean that it is gone already.
        if (removed.Error is { Class: not ErrorClass.FixRequest } error)
            return new JobOutcome.Failed($"{error.ForStaff} ({error.Code})");
        await pushes.RemovedAsync(push.Id, ct);
        return JobOutcome.Finished;
    }
}
