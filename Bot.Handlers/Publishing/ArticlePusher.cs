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
    IArticlePushes pushes, IArticleFolder articles, ArticleDrafting drafting, PlatformDrafts box, PushEnding ending, IPublishing publishing, IMassMessages mass,
    IJobs jobs, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_seldom = TimeSpan.FromMinutes(5);

    // While the platform is busy.
    private static readonly TimeSpan s_givenUpAfter = TimeSpan.FromHours(6);

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
                PushState.Asked or PushState.Failed or PushState.Doubtful => Wait.Ended,
            };
            if (waits is Wait.Until(var at))
                return new JobOutcome.Again(at);
            if (waits is Wait.Over)
                break;
        }

        return JobOutcome.Finished;
    }

    private async Task<Wait> DraftAsync(ArticlePush push, CancellationToken ct)
    {
        if (await articles.VersionAsync(push.Article, push.Version, ct) is not { Cover: not null } content)
            return await FailAsync(push, null, "没有封面图，没有送到微信。请补上封面再试。", ct);
        if (!await pushes.MoveAsync(push.Id, PushState.Waiting, PushState.Drafting, new(), ct))
            return Wait.None;
        return await drafting.PutAsync(push, content, ct) switch
        {
            Drafted.Put(var draft) => await MovedAsync(push, PushState.Drafting, PushState.Drafted, new(Draft: draft), ct),
            Drafted.Refused(var error, var what) => await RefusedAsync(push with { State = PushState.Drafting }, error, what, ct),
            _ => Later(s_soon),
        };
    }

    private async Task<Wait> FindDraftAsync(ArticlePush push, CancellationToken ct)
    {
        var found = await box.FindDraftAsync(push.Marker, ct);
        if (!found.Ok)
            return Later(s_soon);
        return found.Value.Id is { } draft
            ? await MovedAsync(push, PushState.Drafting, PushState.Drafted, new(Draft: draft), ct)
            : await MovedAsync(push, PushState.Drafting, PushState.Waiting, new(), ct);
    }

    private async Task<Wait> SendAsync(ArticlePush push, CancellationToken ct)
    {
        if (push.Kind is not PushKind.Preview && await articles.FindAsync(push.Article, ct) is var article && (article?.Withdrawn is not null || article?.PublishedVersion != push.Version))
            return await FailAsync(push, null, article?.Withdrawn is not null ? "文章已经撤下，没有送到微信。" : "文章已经有新的一版公开，这一版没有送到微信。请送新的一版。", ct);
        if (push.Kind is PushKind.Preview)
        {
            var shown = await mass.PreviewAsync(push.Reader!.Value, new MassContent.Article(push.Draft!), ct);
            return shown.Ok || shown.Error.Class is ErrorClass.OutcomeUnknown
                ? await MovedAsync(push, PushState.Drafted, PushState.Done, new(), ct)
                : await RefusedAsync(push, shown.Error, "预览没有发出", ct);
        }

        return await pushes.MoveAsync(push.Id, PushState.Drafted, PushState.Sending, new(), ct)
            ? await CallAsync(push with { State = PushState.Sending }, repeated: false, ct)
            : Wait.None;
    }

    private async Task<Wait> CallAsync(ArticlePush push, bool repeated, CancellationToken ct)
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
            return await MovedAsync(push, PushState.Sending, PushState.Sent, facts, ct);
        if (error.Class is ErrorClass.OutcomeUnknown)
            return Later(s_soon);
        // A call before this one, or this one, may have been carried out: that it was refused now says nothing of that.
        if (!repeated && !error.MayBeDone && error.Class is not (ErrorClass.Retry or ErrorClass.Normal))
            return await RefusedAsync(push, error, push.Kind is PushKind.Publish ? "没有发布" : "没有群发", ct);
        return IsBusy(error) ? new Wait.Until(error.PausedUntil(clock.GetUtcNow()) ?? clock.GetUtcNow() + s_soon * 3) : await DoubtAsync(push, error, ct);
    }

    // How the call ended is not known.
    private async Task<Wait> AskAsync(ArticlePush push, CancellationToken ct)
    {
        var age = clock.GetUtcNow() - push.TriedAt!.Value;
        if (push.Kind is PushKind.Mass)
            return age < s_repeatable ? await CallAsync(push, repeated: true, ct) : await DoubtAsync(push, null, ct);

        var published = await box.FindPublishedAsync(push.Marker, ct);
        if (!published.Ok)
            return Later(s_soon);
        if (published.Value is { Id: { } article } found)
            return await MovedAsync(push, PushState.Sending, PushState.Done, new(WeChatArticle: article, Url: found.Url), ct);
        var draft = await box.IsThereAsync(push.Draft!, ct);
        if (draft is { Ok: true, Value: true } && age > s_usuallyPublished)
            return await DoubtAsync(push, null, ct);
        return age > s_repeatable ? await DoubtAsync(push, null, ct) : Later(age < s_usuallyPublished ? s_soon : s_seldom);
    }

    private async Task<Wait> FollowAsync(ArticlePush push, CancellationToken ct)
    {
        if (await ending.FindAsync(push, ct) is { } heard)
            return await EndAsync(push, heard, ct);
        var age = clock.GetUtcNow() - push.TriedAt!.Value;
        return age > s_repeatable ? await DoubtAsync(push, null, ct) : Later(age < s_usuallyPublished ? TimeSpan.FromSeconds(3) : s_seldom);
    }

    private async Task<Wait> EndAsync(ArticlePush push, PushHeard heard, CancellationToken ct)
    {
        if (!heard.Succeeded)
            return await MovedAsync(push, push.State, PushState.Failed, new(Figures: heard.Figures, Error: PushVerdicts.Of(heard)), ct);
        var note = heard is { Kind: PushKind.Mass, Figures: null } ? PushVerdicts.NoFigures : null;
        await pushes.MoveAsync(push.Id, push.State, PushState.Done, new(WeChatArticle: heard.WeChatArticle, Url: heard.Url, Figures: heard.Figures, Error: note), ct);
        if (heard.IsDeleted)
            await pushes.RemovedAsync(push.Id, ct);
        return Wait.None;
    }

    private async Task<Wait> LeaveAsync(ArticlePush push, CancellationToken ct)
    {
        // Withdrawn while it was on its way.
        if (push is { Kind: not PushKind.Preview, RemovedAt: null } && await IsWithdrawnAsync(push, ct))
        {
            await jobs.EnqueueAsync(ArticleJobs.TakedownOf(push.Id), ct);
            return Wait.Ended;
        }

        // The event with the figures may only be late.
        if (push is not { Kind: PushKind.Mass, Figures: null, MsgId: not null, RemovedAt: null, TriedAt: { } tried } || clock.GetUtcNow() - tried > s_repeatable)
            return Wait.Ended;
        return await ending.FiguresAsync(push, ct) is { } figures ? await MovedAsync(push, PushState.Done, PushState.Done, new(Figures: figures), ct) : Later(s_seldom);
    }

    private async Task<bool> IsWithdrawnAsync(ArticlePush push, CancellationToken ct) => await articles.FindAsync(push.Article, ct) is { Withdrawn: not null };

    private async Task<Wait> RefusedAsync(ArticlePush push, ApiError error, string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var back = push.State is PushState.Sending ? PushState.Drafted : push.State is PushState.Drafting ? PushState.Waiting : push.State;
        if (!IsBusy(error) || now - push.MadeAt > s_givenUpAfter)
            return await FailAsync(push, error.Code, PushVerdicts.Of(error, what, push.State), ct);
        await pushes.MoveAsync(push.Id, push.State, back, new(ErrorCode: error.Code, Error: $"{what}：{error.ForStaff}。系统会自动再试。"), ct);
        return new Wait.Until(error.PausedUntil(now) ?? now + s_soon * 3);
    }

    private static bool IsBusy(ApiError error) =>
        error.Class is ErrorClass.NotSent or ErrorClass.Retry or ErrorClass.OutcomeUnknown || error.Class is ErrorClass.Backoff && error.Code != PushVerdicts.MassQuotaUsed;

    private async Task<Wait> FailAsync(ArticlePush push, int? code, string words, CancellationToken ct) =>
        await MovedAsync(push, push.State, PushState.Failed, new(ErrorCode: code, Error: words), ct);

    private async Task<Wait> DoubtAsync(ArticlePush push, ApiError? error, CancellationToken ct) =>
        await MovedAsync(push, push.State, PushState.Doubtful, new(ErrorCode: error?.Code, Error: PushVerdicts.InDoubt(push, error)), ct);

    private async Task<Wait> MovedAsync(ArticlePush push, PushState from, PushState to, PushFacts facts, CancellationToken ct)
    {
        await pushes.MoveAsync(push.Id, from, to, facts, ct);
        return Wait.None;                   // read anew: whoever was faster has decided
    }

    private Wait.Until Later(TimeSpan pause) => new(clock.GetUtcNow() + pause);

    private abstract record Wait
    {
        public static Wait None { get; } = new GoOn();

        public static Wait Ended { get; } = new Over();

        public sealed record GoOn : Wait;

        public sealed record Over : Wait;

        public sealed record Until(DateTimeOffset At) : Wait;
    }
}
