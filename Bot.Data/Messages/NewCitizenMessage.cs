using Bot.WeChat;

namespace Bot.Data.Messages;

/// <summary>Something that a process of ours has to tell a citizen.</summary>
public sealed record NewCitizenMessage
{
    /// <summary>What causes it, such as <c>case:12:7</c>: the same cause tells once. 1 to 200 characters.</summary>
    public required string Key { get; init; }

    public required OpenId To { get; init; }

    /// <summary>As told in a customer-service message; at most 2000 characters.</summary>
    public required string Words { get; init; }

    /// <summary>The office's code of the template to use when no customer-service message may be sent; empty for none.</summary>
    public string Template { get; init; } = "";

    /// <summary>The template's fields; values that are too long are made to fit.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>The commands behind the numbers that <see cref="Data"/> offers, should it go as a notice; empty when it offers none.</summary>
    public IReadOnlyList<string> NoticeChoices { get; init; } = [];

    /// <summary>Opened on a tap of the template notice.</summary>
    public string Url { get; init; } = "";

    /// <summary>Promised to whoever took a number, waited or booked, such as the call to the counter: told even to one who wants no notices.</summary>
    public bool Promised { get; init; }

    /// <summary>Null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Told by then or not at all; null for no such time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A message as the one who sends it sees it.</summary>
/// <param name="WritesSince">When the citizen was last heard of; null for never.</param>
/// <param name="OptedOut">The citizen wants to be told nothing at all, and it was not promised.</param>
/// <param name="DeskClosed">The platform refused it as a customer-service message.</param>
public sealed record CitizenMessage(
    long Id, string Key, OpenId To, string Words, string Template, IReadOnlyDictionary<string, string> Data, string Url, CitizenMessageStatus Status,
    DateTimeOffset? ExpiresAt, bool Subscribed, DateTimeOffset? WritesSince, DateTimeOffset CreatedAt, string? NoticeId = null, string? Error = null,
    bool OptedOut = false, bool DeskClosed = false);

/// <summary>A subscription template for which the citizen's consent is held.</summary>
/// <param name="Content">Lines such as <c>申请事项:{{thing1.DATA}}</c>.</param>
public sealed record HeldConsent(string TemplateId, string Title, string Content);

public enum CitizenMessageStatus
{
    Waiting,

    /// <summary>Being handed to the platform as a customer-service message, or a host died over it.</summary>
    Sending,

    /// <summary>As a customer-service message.</summary>
    Sent,

    /// <summary>As a notice, whose own state tells the rest.</summary>
    Noticed,

    /// <summary>Being handed over as a subscription notice, or a host died over it.</summary>
    Granting,

    /// <summary>As a subscription notice.</summary>
    Granted,

    /// <summary>Handed over, and no usable answer came: not repeated, since the platform would tell twice.</summary>
    Unknown,

    /// <summary>No way was open; staff see it.</summary>
    Undelivered,
    Expired,
    Cancelled,
}
