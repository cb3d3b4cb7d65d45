using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>Takes one article to WeChat: pictures, draft, then the preview, the publication or the mass message, and waits for its end.</summary>
/// <remarks>
/// The state stands in the database, and is written before each call. Found in such a state, nobody knows how the call ended: then the platform is asked
/// by our own marker, or the message repeated under the id by which the platform drops doubles. What remains in doubt waits for a person; nothing is done twice.
/// </remarks>
public sealed class ArticlePusher(
    IArticlePushes pushes, IArticleFolder articles, ArticleDrafting drafting, PlatformDrafts box, PushEnding ending, PushProgress progress,
    IPublishing publishing, IMassMessages mass, IJobs jobs, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan s_seldom = TimeSpan.FromMinutes(5);

    // A publication takes seconds. One that is reviewed longer keeps its draft in the box: whether it was submitted then only a person can see.
    private static readonly TimeSpan s_usuallyPublished = TimeSpan.FromMinutes(10);

    // The platform drops doubles for 24 h.
    private static readonly TimeSpan s_repeatable = TimeSpan.FromHours(23);

    public string Kind => ArticleJobs.Push;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var id = long.Parse(job.Key, CultureInfo.InvariantCulture);
        while (await pushes.FindAsync(id, ct) is { } push)
        {
            var waits = push.State switch
            {
                PushState.Waiting => await DraftAsync(push, ct),
                PushState.Drafting => await FindDraftAsync(push, ct),
                PushState.Drafted => await SendAsync(push, ct),
                PushState.Sending => await AskAsync(push, ct),
                PushState.Sent => await FollowAsync(push, ct),
                PushState.Done => await LeaveAsync(push, ct),
                PushState.Asked or PushState.Failed or PushState.Doubtful => PushWait.Ended,
            };
            if (waits is PushWait.Until(var at))
                return new JobOutcome.Again(at);
            if (waits is PushWait.Over)
                break;
        }

        return JobOutcome.Finished;
    }

    private async Task<PushWait> DraftAsync(ArticlePush push, CancellationToken ct)
    {
        if (await articles.VersionAsync(push.Article, push.Version, ct) is not { Cover: not null } content)
            return await progress.FailAsync(push, null, "没有封面图，没有送到微信。请补上封面再试。", ct);
        if (!await pushes.MoveAsync(push.Id, PushState.Waiting, PushState.Drafting, new(), ct))
            return PushWait.None;
        return await drafting.PutAsync(push, content, ct) switch
        {
            Drafted.Put(var draft) => await progress.MovedAsync(push, PushState.Drafting, PushState.Drafted, new(Draft: draft), ct),
            Drafted.Refused(var error, var what) => await progress.RefusedAsync(push with { State = PushState.Drafting }, error, what, ct),
            _ => progress.Later(PushProgress.Soon),
        };
    }

    private async Task<PushWait> FindDraftAsync(ArticlePush push, CancellationToken ct)
    {
        var found = await box.FindDraftAsync(push.Marker, ct);
        if (!found.Ok)
            return progress.Later(PushProgress.Soon);
        return found.Value.Id is { } draft
            ? await progress.MovedAsync(push, PushState.Drafting, PushState.Drafted, new(Draft: draft), ct)
            : await progress.MovedAsync(push, PushState.Drafting, PushState.Waiting, new(), ct);
    }

    private async Task<PushWait> SendAsync(ArticlePush push, CancellationToken ct)
    {
        if (push.Kind is not PushKind.Preview && await articles.FindAsync(push.Article, ct) is var article && (article?.Withdrawn is not null || article?.PublishedVersion != push.Version))
            return await progress.FailAsync(push, null, article?.Withdrawn is not null ? "文章已经撤下，没有送到微信。" : "文章已经有新的一版公开，这一版没有送到微信。请送新的一版。", ct);
        if (push.Kind is PushKind.Preview)
        {
            var shown = await mass.PreviewAsync(push.Reader!.Value, new MassContent.Article(push.Draft!), ct);
            return shown.Ok || shown.Error.Class is ErrorClass.OutcomeUnknown
                ? await progress.MovedAsync(push, PushState.Drafted, PushState.Done, new(), ct)
                : await progress.RefusedAsync(push, shown.Error, "预览没有发出", ct);
        }

        return await pushes.MoveAsync(push.Id, PushState.Drafted, PushState.Sending, new(), ct)
            ? await CallAsync(push with { State = PushState.Sending }, repeated: false, ct)
            : PushWait.None;
    }

    private async Task<PushWait> CallAsync(ArticlePush push, bool repeated, CancellationToken ct)
    {
        ApiError? error;
        PushFacts facts;
        if (push.Kind is PushKind.Publish)
        {
            var submitted = await publishing.SubmitAsync(push.Draft!, ct);
            (error, facts) = (submitted.Error, new(PublishId: submitted.Value));
        }
        else
        {
            var content = new MassContent.Article(push.Draft!, IgnoreReprint: true);
            var clientId = $"article-{push.Marker}";
            var sent = push.Tag is { } tag ? await mass.SendToTagAsync(tag, content, clientId, ct) : await mass.SendToAllAsync(content, clientId, ct);
            (error, facts) = (sent.Error, new(MsgId: sent.Value?.MsgId));
        }

        if (error is null)
            return await progress.MovedAsync(push, PushState.Sending, PushState.Sent, facts, ct);
        if (error.Class is ErrorClass.OutcomeUnknown)
            return progress.Later(PushProgress.Soon);
        // A call before this one, or this one, may have been carried out: that it was refused now says nothing of that.
        if (!repeated && !error.MayBeDone && error.Class is not (ErrorClass.Retry or ErrorClass.Normal))
            return await progress.RefusedAsync(push, error, push.Kind is PushKind.Publish ? "没有发布" : "没有群发", ct);
        return PushProgress.IsBusy(error) ? progress.AfterPause(error) : await progress.DoubtAsync(push, error, ct);
    }

    // How the call ended is not known.
    private async Task<PushWait> AskAsync(ArticlePush push, CancellationToken ct)
    {
        var age = clock.GetUtcNow() - push.TriedAt!.Value;
        if (push.Kind is PushKind.Mass)
            return age < s_repeatable ? await CallAsync(push, repeated: true, ct) : await progress.DoubtAsync(push, null, ct);

        var published = await box.FindPublishedAsync(push.Marker, ct);
        if (!published.Ok)
            return progress.Later(PushProgress.Soon);
        if (published.Value is { Id: { } article } found)
            return await progress.MovedAsync(push, PushState.Sending, PushState.Done, new(WeChatArticle: article, Url: found.Url), ct);
        var draft = await box.IsThereAsync(push.Draft!, ct);
        if (draft is { Ok: true, Value: true } && age > s_usuallyPublished)
            return await progress.DoubtAsync(push, null, ct);
        return age > s_repeatable ? await progress.DoubtAsync(push, null, ct) : progress.Later(age < s_usuallyPublished ? PushProgress.Soon : s_seldom);
    }

    private async Task<PushWait> FollowAsync(ArticlePush push, CancellationToken ct)
    {
        if (await ending.FindAsync(push, ct) is { } heard)
            return await EndAsync(push, heard, ct);
        var age = clock.GetUtcNow() - push.TriedAt!.Value;
        return age > s_repeatable ? await progress.DoubtAsync(push, null, ct) : progress.Later(age < s_usuallyPublished ? TimeSpan.FromSeconds(3) : s_seldom);
    }

    private async Task<PushWait> EndAsync(ArticlePush push, PushHeard heard, CancellationToken ct)
    {
        if (!heard.Succeeded)
            return await progress.MovedAsync(push, push.State, PushState.Failed, new(Figures: heard.Figures, Error: PushVerdicts.Of(heard)), ct);
        var note = heard is { Kind: PushKind.Mass, Figures: null } ? PushVerdicts.NoFigures : null;
        await pushes.MoveAsync(push.Id, push.State, PushState.Done, new(WeChatArticle: heard.WeChatArticle, Url: heard.Url, Figures: heard.Figures, Error: note), ct);
        if (heard.IsDeleted)
            await pushes.RemovedAsync(push.Id, ct);
        return PushWait.None;
    }

    private async Task<PushWait> LeaveAsync(ArticlePush push, CancellationToken ct)
    {
        // Withdrawn while it was on its way.
        if (push is { Kind: not PushKind.Preview, RemovedAt: null } && await IsWithdrawnAsync(push, ct))
        {
            await jobs.EnqueueAsync(ArticleJobs.TakedownOf(push.Id), ct);
            return PushWait.Ended;
        }

        // The event with the figures may only be late.
        if (push is not { Kind: PushKind.Mass, Figures: null, MsgId: not null, RemovedAt: null, TriedAt: { } tried } || clock.GetUtcNow() - tried > s_repeatable)
            return PushWait.Ended;
        return await ending.FiguresAsync(push, ct) is { } figures ? await progress.MovedAsync(push, PushState.Done, PushState.Done, new(Figures: figures), ct) : progress.Later(s_seldom);
    }

    private async Task<bool> IsWithdrawnAsync(ArticlePush push, CancellationToken ct) => await articles.FindAsync(push.Article, ct) is { Withdrawn: not null };
}
