using Bot.Data.Notices;
using Bot.WeChat.Api;

namespace Bot.Handlers.Notices;

/// <summary>What follows from the platform's answer to one notice.</summary>
/// <param name="Gate">Set when the whole account has to wait.</param>
/// <param name="Pause">Set when this notice has to wait for a person: why, and what to do.</param>
/// <param name="IsTemplateGone">The platform has no such template.</param>
public sealed record NoticeVerdict(SendResult Result, ClosedGate? Gate = null, string? Pause = null, bool IsTemplateGone = false)
{
    /// <summary>At the longest wait, about nine hours.</summary>
    private const int MostAttempts = 60;

    /// <summary>In a row.</summary>
    private const int MostRefused = 20;

    private const int TemplateGone = 40037;
    private const int RiskyContent = 87014;
    private const int NotFollowing = 43004;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstWhenUnclear = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_lookedAt = TimeSpan.FromMinutes(1);

    /// <summary>The codes that say the citizen does not want it; other codes of their class say that it cannot reach them.</summary>
    private static readonly int[] s_refusals = [43101, 48002];

    private const string OnGone = "模板已停用。请在“通知模板”同步：模板恢复后点“继续”，没有发出的接着发；不能恢复请取消，换一个模板另写";
    private const string OnRisky = "请核对文字和网页：确认无误可点“继续”再试；需要修改请取消，改好后另写一个通知";

    /// <param name="refused">How many of this notice in a row, this one too, were refused for what they say.</param>
    public static NoticeVerdict Of(ClaimedNotice notice, ApiResult<long> answer, DateTimeOffset now, int refused = 0) => answer.Error switch
    {
        null => new(new SendResult.Sent(answer.Value, now) { NoticeId = notice.NoticeId, Row = notice.Row, Lease = notice.Lease }),
        { Class: ErrorClass.OutcomeUnknown } => Unclear(notice, now),
        // A platform that is busy may have sent it all the same.
        { Class: ErrorClass.Retry } error => Unclear(notice, now, error),
        { Class: ErrorClass.NotSent } error => Again(notice, error, now),
        { Class: ErrorClass.Backoff } error => HandedBack(notice, error, now) with { Gate = Closed(error, now) },
        // What is wrong with one template or text is no reason to stop the others. To one citizen it ends, so that another way is tried or somebody is told.
        { Code: TemplateGone or RiskyContent } error when notice.Single =>
            Over(notice, RecipientStatus.Failed, error.Code, error.ForStaff) with { IsTemplateGone = error.Code is TemplateGone },
        { Code: TemplateGone } error => HandedBack(notice, error, now) with { Pause = ForStaff(error, OnGone), IsTemplateGone = true },
        { Code: RiskyContent } error => HandedBack(notice, error, now) with { Pause = ForStaff(error, OnRisky) },
        // What is wrong with the account is no notice's fault: all wait, and go on by themselves once it is mended.
        { Class: ErrorClass.Alert or ErrorClass.RefreshToken } error => HandedBack(notice, error, now) with { Gate = Closed(error, now) },
        { Class: ErrorClass.DropRecipient } error =>
            Over(notice, s_refusals.Contains(error.Code) ? RecipientStatus.Refused : RecipientStatus.Failed, error.Code, error.ForStaff),
        // One wrong value for all: a person looks at it before it has cost the day's sends and every recipient.
        { Class: ErrorClass.FixRequest } error when refused >= MostRefused && !notice.Single =>
            HandedBack(notice, error, now) with { Pause = $"连续 {MostRefused} 位的内容都没有被微信接受：{Words(error)}（{error.Code}）。请核对，改正后另写一个通知；确认无误可以继续" },
        { } error => Over(notice, RecipientStatus.Failed, error.Code, Words(error)),
    };

    /// <summary>A notice that is not sent at all.</summary>
    public static NoticeVerdict Skip(ClaimedNotice notice, SkipReason reason) => reason switch
    {
        SkipReason.NotFollowing => Over(notice, RecipientStatus.Failed, NotFollowing, "用户未关注公众号，没有发送"),
        SkipReason.OptedOut => Over(notice, RecipientStatus.Refused, null, "用户已退订通知，没有发送"),
    };

    /// <summary>The outcome that a test key's recipient stands for.</summary>
    public static NoticeVerdict Pretend(ClaimedNotice notice) =>
        notice.To == PretendRecipients.Refused ? Over(notice, RecipientStatus.Refused, 43101, "用户拒收（模拟）")
        : notice.To == PretendRecipients.Failed ? Over(notice, RecipientStatus.Failed, null, "发送失败（模拟）")
        : notice.To == PretendRecipients.NotFollowing ? Over(notice, RecipientStatus.Failed, NotFollowing, "用户未关注公众号（模拟）")
        : Over(notice, RecipientStatus.Delivered, null, null);

    /// <summary>Not tried: the row goes back as it was.</summary>
    public static SendResult.Again GiveBack(ClaimedNotice notice, DateTimeOffset now) =>
        new(now, Counts: false, null, null) { NoticeId = notice.NoticeId, Row = notice.Row, Lease = notice.Lease };

    /// <summary>Too late for another attempt that the platform would recognise as the same.</summary>
    public static bool IsTooLate(ClaimedNotice notice, DateTimeOffset now) =>
        notice.UncertainSince is { } since && now >= since + NoticeLimits.RepeatWithin;

    public static NoticeVerdict Unclear(ClaimedNotice notice, DateTimeOffset now, ApiError? busy = null)
    {
        var again = now + Wait(s_firstWhenUnclear, notice.Attempt);
        var until = (notice.UncertainSince ?? notice.ClaimedAt) + NoticeLimits.RepeatWithin;
        return new(new SendResult.Unclear(again < until ? again : null, busy?.Code, busy?.ForStaff) { NoticeId = notice.NoticeId, Row = notice.Row, Lease = notice.Lease });
    }

    private static NoticeVerdict Again(ClaimedNotice notice, ApiError error, DateTimeOffset now) => notice.Attempt >= MostAttempts
        ? Over(notice, RecipientStatus.Failed, error.Code, $"多次重试仍未成功：{error.ForStaff}")
        : new(new SendResult.Again(now + Wait(s_first, notice.Attempt), Counts: true, error.Code, error.ForStaff)
        {
            NoticeId = notice.NoticeId, Row = notice.Row, Lease = notice.Lease,
        });

    private static NoticeVerdict HandedBack(ClaimedNotice notice, ApiError error, DateTimeOffset now) =>
        new(new SendResult.Again(error.PausedUntil(now) ?? now, Counts: false, error.Code, error.ForStaff)
        {
            NoticeId = notice.NoticeId, Row = notice.Row, Lease = notice.Lease,
        });

    private static NoticeVerdict Over(ClaimedNotice notice, RecipientStatus status, int? code, string? words) =>
        new(new SendResult.Ended(status, code, words) { NoticeId = notice.NoticeId, Row = notice.Row, Lease = notice.Lease });

    private static ClosedGate Closed(ApiError error, DateTimeOffset now) => new(error.PausedUntil(now) ?? now + s_lookedAt, error.Code, error.ForStaff);

    private static TimeSpan Wait(TimeSpan first, int attempt)
    {
        var wait = first * Math.Pow(2, Math.Min(attempt, 20) - 1);
        return (wait < s_longest ? wait : s_longest) * (0.8 + Random.Shared.NextDouble() * 0.4);
    }

    private static string ForStaff(ApiError error, string todo) => $"{error.ForStaff}（{error.Code}）。{todo}";

    // 47003 names the field, which is what the clerk has to look at.
    private static string Words(ApiError error) => RefusedValue.Field(error) is { } field ? $"{error.ForStaff}（{field}）" : error.ForStaff;
}
