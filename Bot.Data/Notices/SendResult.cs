namespace Bot.Data.Notices;

/// <summary>What became of one attempt to hand a notice to WeChat.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    public required long NoticeId { get; init; }

    public required int Row { get; init; }

    /// <summary>Only who holds the row may say so, but for <see cref="Sent"/>, which is true whoever says it.</summary>
    public required long Lease { get; init; }

    /// <summary>Accepted. The final outcome follows as an event with the same id.</summary>
    public sealed record Sent(long MsgId, DateTimeOffset At) : SendResult;

    /// <summary>Over: <see cref="RecipientStatus.Refused"/>, <see cref="RecipientStatus.Failed"/>, or for a pretended one Delivered.</summary>
    /// <param name="Words">For a clerk.</param>
    public sealed record Ended(RecipientStatus Status, int? Code, string? Words) : SendResult;

    /// <summary>Not carried out for certain; again at <paramref name="At"/>.</summary>
    /// <param name="Counts">False when the row is not to blame: it was not tried, or the whole account has to wait.</param>
    public sealed record Again(DateTimeOffset At, bool Counts, int? Code, string? Words) : SendResult;

    /// <summary>It may have been carried out. Again at <paramref name="At"/> under the same id while WeChat drops doubles; null: no more, its event decides.</summary>
    /// <param name="Code">What the platform answered, if it answered at all.</param>
    /// <param name="Words">For a clerk.</param>
    public sealed record Unclear(DateTimeOffset? At, int? Code = null, string? Words = null) : SendResult;
}

/// <summary>The final outcome that WeChat pushed.</summary>
/// <param name="Status">Delivered, Refused or Failed.</param>
/// <param name="Words">For a clerk; null when delivered.</param>
public sealed record NoticeEvent(long MsgId, Bot.WeChat.OpenId To, RecipientStatus Status, string? Words);
