using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>What a notice says about all its recipients.</summary>
/// <param name="TemplateId">WeChat's.</param>
/// <param name="DueAt">When it was asked for, or scheduled for.</param>
/// <param name="ExpiresAt">Not sent after this; null: whenever its turn comes.</param>
public sealed record NoticeHead(long Id, string PublicId, string TemplateId, string Url, bool Simulated, DateTimeOffset DueAt, DateTimeOffset? ExpiresAt = null);

/// <summary>One recipient's notice that this host alone may send now.</summary>
/// <param name="Lease">Proves that the row is still ours.</param>
/// <param name="UncertainSince">Set when an earlier attempt may have been carried out: the time of that claim.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Skip">Why it must not be sent at all; null for a good one.</param>
public sealed record ClaimedNotice(
    NoticeHead Notice, int Row, long Lease, OpenId To, IReadOnlyDictionary<string, string> Data, bool Single, DateTimeOffset ClaimedAt,
    DateTimeOffset? UncertainSince, int Attempt, SkipReason? Skip)
{
    public long NoticeId => Notice.Id;

    /// <summary>Equal in every attempt and different for every other notice of any installation: WeChat drops doubles by it.</summary>
    public string ClientMsgId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Notice.PublicId}-{Row}");
}

public enum SkipReason { NotFollowing, OptedOut }

/// <param name="Lease">Null when nothing was due.</param>
/// <param name="Until">When the lease ends by itself.</param>
/// <param name="Fresh">Never tried before, and not to be tried before <see cref="INoticeQueue.BeginAsync"/>.</param>
public sealed record Claim(long? Lease, DateTimeOffset Until, IReadOnlyList<ClaimedNotice> Rows, bool Fresh = false)
{
    public static readonly Claim Nothing = new(null, default, []);
}
