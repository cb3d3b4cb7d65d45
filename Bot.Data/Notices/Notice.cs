using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>A notice as staff and other systems see it.</summary>
/// <param name="Id">Its public id, such as <c>N3kT…</c>: a letter and 20 more letters and digits.</param>
/// <param name="TemplateVersion"><see cref="TemplateVersion.Id"/>.</param>
/// <param name="Reason">Why it is paused, cancelled or was handed back; for staff, may be empty.</param>
/// <param name="Recipients">Rows taken.</param>
/// <param name="ExpiresAt">What was not handed over by then is not sent any more.</param>
/// <param name="Audience">Whom it is meant for, in words; empty for a list of the maker's own.</param>
/// <param name="Unclear">Of those that count as sent: <see cref="RecipientStatus.Parked"/>.</param>
/// <param name="Gathering">It has a group, and its list was not brought up to date yet: that is done when it starts.</param>
/// <param name="Joined">Those who came into its group after the draft.</param>
public sealed record Notice(
    string Id, NoticeOrigin Origin, NoticeLane Lane, NoticeStatus Status, string TemplateCode, string TemplateTitle, long TemplateVersion,
    string Reference, string Url, string MadeBy, string? ApprovedBy, DateTimeOffset? ScheduledAt, string? ApiKey, bool AnyHour, bool Simulated,
    string Reason, int? ErrorCode, int Recipients, DateTimeOffset CreatedAt, DateTimeOffset? ApprovedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt, NoticeCounts Counts, string Audience = "", string? Department = null, DateTimeOffset? ExpiresAt = null,
    int Unclear = 0, NoticeGroup? Group = null, bool Gathering = false, int Joined = 0);

/// <summary>They add up to the recipients.</summary>
/// <param name="Queued">Those that a host is sending count here.</param>
/// <param name="Sent">Accepted by WeChat, outcome not told or unknown.</param>
public sealed record NoticeCounts(int Queued, int Sent, int Delivered, int Refused, int Failed, int Cancelled)
{
    public int Total => Queued + Sent + Delivered + Refused + Failed + Cancelled;
}

/// <param name="To">Empty once erased.</param>
/// <param name="Words">Why it was refused or failed, for a clerk; null otherwise.</param>
public sealed record NoticeRecipient(
    int Row, OpenId To, RecipientStatus Status, int Attempts, DateTimeOffset? SentAt, DateTimeOffset? FinishedAt, int? ErrorCode, string? Words);

public sealed record NoticeSample(OpenId To, IReadOnlyDictionary<string, string> Data);

/// <summary>Which notices to list, newest first.</summary>
/// <param name="ApiKey">Those of one API key.</param>
/// <param name="Before">The id of the last one of the page before; null for the first page.</param>
/// <param name="Reference">Those that their maker calls so.</param>
/// <param name="Words">Those with this id or reference, and of the newest ones those whose title, maker or recipients' description has these words.</param>
/// <param name="Maker">Those of this clerk and of <paramref name="Department"/>; null for everybody's.</param>
/// <param name="Unclear">Only those with recipients of unclear outcome; of the newest of these.</param>
public sealed record NoticeFilter(
    NoticeStatus? Status = null, NoticeOrigin? Origin = null, string? ApiKey = null, string? Before = null, int Limit = 50, string? Maker = null,
    string? Department = null, string? Reference = null, string? Words = null, bool Unclear = false);

/// <summary>The promise: how soon single notices are handed to WeChat.</summary>
/// <param name="Count">Those that were looked at.</param>
/// <param name="Within95">Seconds within which 95 % of them were handed over.</param>
public sealed record NoticePromise(int Count, double Within95);
