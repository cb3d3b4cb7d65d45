using Bot.Data.Notices;
using Bot.WeChat;

namespace Bot.Handlers.Notices;

/// <summary>What somebody wants sent, not yet checked.</summary>
public sealed record NoticeRequest
{
    public required NoticeOrigin Origin { get; init; }

    /// <summary>Single: exactly one row.</summary>
    public required NoticeLane Lane { get; init; }

    /// <summary>The office's code or WeChat's template id.</summary>
    public required string Template { get; init; }

    /// <summary>The clerk's account, the API key's name, or the flow's.</summary>
    public required string MadeBy { get; init; }

    public string? Url { get; init; }

    public string? Reference { get; init; }

    /// <summary>Null: at once.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Not sent after this; null: whenever its turn comes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Exempt from quiet hours.</summary>
    public bool AnyHour { get; init; }

    /// <summary>For test keys: the outcome is pretended; see <see cref="PretendRecipients"/>.</summary>
    public bool Simulated { get; init; }

    /// <summary>Makes values fit instead of refusing them.</summary>
    public bool Fit { get; init; }

    public Idempotency? Idempotency { get; init; }

    public byte[]? SourceHash { get; init; }

    /// <summary>The clerk's, or the API key's; null for none.</summary>
    public string? Department { get; init; }

    /// <summary>Whose members the rows are; brought up to date when it starts.</summary>
    public NoticeGroup? Group { get; init; }

    /// <summary>Whom it is meant for, in words.</summary>
    public string Audience { get; init; } = "";
}

/// <param name="Row">From 1, each once.</param>
/// <param name="Problem">Set by the reader of a file that could not make sense of the row.</param>
public sealed record RequestedRow(int Row, string? To, IReadOnlyDictionary<string, string>? Data, string? Problem = null);

/// <summary>What became of a request.</summary>
public abstract record NoticeAnswer
{
    private NoticeAnswer()
    {
    }

    /// <summary>Kept; what was made before by the same idempotency key is told in the same words.</summary>
    public sealed record Accepted(NoticeMade.Made Notice) : NoticeAnswer;

    /// <summary>The idempotency key was used for another request (409).</summary>
    public sealed record KeyReused : NoticeAnswer;

    /// <summary>Nothing was made (400). One problem a field of the request, in words.</summary>
    public sealed record Refused(IReadOnlyDictionary<string, string> Problems, IReadOnlyList<RejectedRow> Rows) : NoticeAnswer;
}

/// <summary>Openids that a test key may send to and that end as their names say; any other counts as delivered.</summary>
public static class PretendRecipients
{
    public static readonly OpenId Delivered = new("test-delivered");
    public static readonly OpenId Refused = new("test-refused");
    public static readonly OpenId Failed = new("test-failed");
    public static readonly OpenId NotFollowing = new("test-not-following");
}
