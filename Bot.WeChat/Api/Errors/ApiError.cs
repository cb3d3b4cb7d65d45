namespace Bot.WeChat.Api;

/// <summary>Why a call did not succeed.</summary>
/// <param name="Code">The platform's errcode, or <see cref="NotSentCode"/> or <see cref="OutcomeUnknownCode"/>.</param>
/// <param name="Message">The platform's errmsg without its rid, at most 300 characters, for staff and logs; it holds no token. Decide by <paramref name="Class"/> and <paramref name="Code"/>.</param>
/// <param name="Rid">The platform's request id; <see cref="IPlatform.ExplainAsync"/> tells more about it.</param>
public sealed record ApiError(int Code, string Message, string? Rid, ErrorClass Class)
{
    /// <summary>Ours, far from the platform's: the request never left.</summary>
    public const int NotSentCode = -90001;

    /// <summary>Ours: no usable answer.</summary>
    public const int OutcomeUnknownCode = -90002;

    private const int MaxMessage = 300;

    /// <summary>An earlier attempt of the same call may have been carried out.</summary>
    public bool MayBeDone { get; internal init; }

    /// <summary>What the caller has to be told: only a refusal that names the citizen or the request is certain after such an attempt.</summary>
    internal ApiError Settled => MayBeDone && Class is ErrorClass.NotSent or ErrorClass.Backoff or ErrorClass.Alert or ErrorClass.RefreshToken
        ? OutcomeUnknown($"an earlier attempt had no clear answer, and then {Code}: {Message}")
        : this;

    /// <summary>What staff may read, in Chinese.</summary>
    public string ForStaff => ErrorTable.ForStaff(Code);

    /// <summary>When this API may be called again; null when the code sets no pause.</summary>
    public DateTimeOffset? PausedUntil(DateTimeOffset now) => ErrorTable.PauseOf(Code).Until(now);

    internal static ApiError NotSent(string why) => new(NotSentCode, why, null, ErrorClass.NotSent);

    internal static ApiError OutcomeUnknown(string why) => new(OutcomeUnknownCode, why, null, ErrorClass.OutcomeUnknown);

    internal static ApiError Answered(int code, string? errmsg)
    {
        var (message, rid) = SplitRid(errmsg ?? "");
        return new(code, message, rid, ErrorTable.ClassOf(code));
    }

    // The errmsg ends with " rid: xxxxxxxx-xxxxxxxx-xxxxxxxx".
    private static (string Message, string? Rid) SplitRid(string errmsg)
    {
        const string Mark = "rid: ";
        var at = errmsg.LastIndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            return (Cut(errmsg, MaxMessage), null);
        return (Cut(errmsg[..at].TrimEnd(), MaxMessage), Cut(errmsg[(at + Mark.Length)..].Trim(), 64));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
