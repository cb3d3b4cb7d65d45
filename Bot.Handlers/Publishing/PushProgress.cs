using Bot.Data.Articles;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>Writes down where an article on its way to WeChat stands, and tells whether to go on at once.</summary>
public sealed class PushProgress(IArticlePushes pushes, TimeProvider clock)
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    // While the platform is busy.
    private static readonly TimeSpan s_givenUpAfter = TimeSpan.FromHours(6);

    public async Task<PushWait> MovedAsync(ArticlePush push, PushState from, PushState to, PushFacts facts, CancellationToken ct)
    {
        await pushes.MoveAsync(push.Id, from, to, facts, ct);
        return PushWait.None;                   // read anew: whoever was faster has decided
    }

    public Task<PushWait> FailAsync(ArticlePush push, int? code, string words, CancellationToken ct) =>
        MovedAsync(push, push.State, PushState.Failed, new(ErrorCode: code, Error: words), ct);

    public Task<PushWait> DoubtAsync(ArticlePush push, ApiError? error, CancellationToken ct) =>
        MovedAsync(push, push.State, PushState.Doubtful, new(ErrorCode: error?.Code, Error: PushVerdicts.InDoubt(push, error)), ct);

    /// <summary>A step back, to be tried again while the platform is only busy; else it has failed.</summary>
    public async Task<PushWait> RefusedAsync(ArticlePush push, ApiError error, string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var back = push.State is PushState.Sending ? PushState.Drafted : push.State is PushState.Drafting ? PushState.Waiting : push.State;
        if (!IsBusy(error) || now - push.MadeAt > s_givenUpAfter)
            return await FailAsync(push, error.Code, PushVerdicts.Of(error, what, push.State), ct);
        await pushes.MoveAsync(push.Id, push.State, back, new(ErrorCode: error.Code, Error: $"{what}：{error.ForStaff}。系统会自动再试。"), ct);
        return AfterPause(error);
    }

    public PushWait AfterPause(ApiError error) => new PushWait.Until(error.PausedUntil(clock.GetUtcNow()) ?? clock.GetUtcNow() + Soon * 3);

    public PushWait Later(TimeSpan pause) => new PushWait.Until(clock.GetUtcNow() + pause);

    public static bool IsBusy(ApiError error) =>
        error.Class is ErrorClass.NotSent or ErrorClass.Retry or ErrorClass.OutcomeUnknown || error.Class is ErrorClass.Backoff && error.Code != PushVerdicts.MassQuotaUsed;
}

/// <summary>What a step leaves to do.</summary>
public abstract record PushWait
{
    private PushWait()
    {
    }

    public static PushWait None { get; } = new GoOn();

    public static PushWait Ended { get; } = new Over();

    public sealed record GoOn : PushWait;

    public sealed record Over : PushWait;

    public sealed record Until(DateTimeOffset At) : PushWait;
}
