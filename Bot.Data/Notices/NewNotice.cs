using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>A notice to be made. Its rows come separately, so that a million of them need no memory.</summary>
public sealed record NewNotice
{
    public required NoticeOrigin Origin { get; init; }

    /// <summary>Of <see cref="Lane"/> Single there is exactly one recipient.</summary>
    public required NoticeLane Lane { get; init; }

    /// <summary><see cref="TemplateVersion.Id"/>.</summary>
    public required long TemplateVersion { get; init; }

    /// <summary>The account of a clerk, the name of an API key, or of a flow; 1 to 128 characters.</summary>
    public required string MadeBy { get; init; }

    public const int LongestReference = 128;

    /// <summary>The caller's own name for it; at most <see cref="LongestReference"/> characters.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Opened on a tap; at most 1024 characters, empty for none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Null: at once. At most seven days ahead; the past counts as now.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>What was not handed over by then is not sent any more. Null: whenever its turn comes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Exempt from quiet hours.</summary>
    public bool AnyHour { get; init; }

    /// <summary>The outcome is pretended and WeChat is not called: for test keys.</summary>
    public bool Simulated { get; init; }

    /// <summary>Makes a repeated request harmless.</summary>
    public Idempotency? Idempotency { get; init; }

    /// <summary>The clerk's, or the API key's; null for none. Its people see the notice.</summary>
    public string? Department { get; init; }

    /// <summary>Whom it is meant for, in words; at most 200 characters, empty for a list of the caller's own.</summary>
    public string Audience { get; init; } = "";

    /// <summary>It goes to those who are in this group when it starts, whoever was when it was made; all are told the same. Null: to its rows.</summary>
    public NoticeGroup? Group { get; init; }

    /// <summary>SHA-256 of the uploaded file; see <see cref="INotices.SeenAsync"/>.</summary>
    public byte[]? SourceHash { get; init; }
}

/// <param name="Kind">Such as <c>booked</c>; at most 20 characters.</param>
/// <param name="Choice">Which one of them; at most 200 characters.</param>
public sealed record NoticeGroup(string Kind, string Choice);

/// <param name="ApiKey">Who asks: keys of different callers never meet.</param>
/// <param name="Key">As the caller sent it; 1 to 255 characters.</param>
/// <param name="BodyHash">SHA-256 of the request.</param>
public sealed record Idempotency(string ApiKey, string Key, byte[] BodyHash);

/// <param name="Row">From 1, each once: the line of the file, or the place in the list.</param>
/// <param name="Data">Field to value, checked.</param>
/// <param name="Problem">Why the row is not taken, for the caller; null for a good row.</param>
public sealed record NoticeRow(int Row, OpenId To, IReadOnlyDictionary<string, string> Data, string? Problem = null);

public sealed record RejectedRow(int Row, string Reason);

/// <summary>What making a notice came to.</summary>
public abstract record NoticeMade
{
    private NoticeMade()
    {
    }

    /// <param name="Repeated">True when an earlier request with the same key made it: the answer is the same.</param>
    public sealed record Made(string Id, NoticeStatus Status, int Accepted, IReadOnlyList<RejectedRow> Rejected, bool Repeated = false) : NoticeMade;

    /// <summary>The idempotency key was used for another request.</summary>
    public sealed record KeyReused : NoticeMade;

    /// <summary>Not one row could be taken, and nothing was made.</summary>
    public sealed record NothingToSend(IReadOnlyList<RejectedRow> Rejected) : NoticeMade;
}
