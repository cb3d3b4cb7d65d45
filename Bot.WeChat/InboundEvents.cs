namespace Bot.WeChat;

/// <summary>Something that happened. Events carry no MsgId, so they are told apart by time, name, key and job id.</summary>
public abstract record Event : Inbound
{
    /// <summary>As the platform spelled it; its own texts mix cases.</summary>
    public required string Name { get; init; }

    /// <summary>The raw EventKey; empty when there is none.</summary>
    public string EventKey { get; init; } = "";

    /// <summary>The raw MsgID of a job event (of the first notice in its list; a publication's publish_id); empty otherwise.</summary>
    public string JobId { get; init; } = "";

    public override string DedupeKey => $"{CreateTime}|{Name}|{EventKey}|{JobId}";
}

/// <summary>The citizen followed the account.</summary>
public sealed record SubscribeEvent : Event
{
    /// <summary>The QR code's scene without <c>qrscene_</c>; null when no code was scanned.</summary>
    public string? Scene { get; init; }

    public string? Ticket { get; init; }

    public override string Kind => "subscribe";
}

public sealed record UnsubscribeEvent : Event
{
    public override string Kind => "unsubscribe";
}

/// <summary>A follower scanned one of our QR codes.</summary>
public sealed record ScanEvent : Event
{
    public required string Scene { get; init; }
    public string? Ticket { get; init; }

    public override string Kind => "scan";
}

/// <summary>Where the citizen is, sent on entering the chat when the account asks for it.</summary>
public sealed record LocationEvent : Event
{
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }

    /// <summary>Metres.</summary>
    public double Precision { get; init; }

    public override string Kind => "location_event";
}

/// <summary>A tap on a menu button of type <c>click</c>; <see cref="Event.EventKey"/> is the button's key.</summary>
public sealed record ClickEvent : Event
{
    public override string Kind => "click";
}

/// <summary>A tap on a menu button that opened a page or a mini-program; <see cref="Event.EventKey"/> is its address.</summary>
public sealed record ViewEvent : Event
{
    public string? MenuId { get; init; }
    public bool MiniProgram { get; init; }

    public override string Kind => "view";
}

/// <summary>A menu button scanned a code. With <see cref="Waits"/> the client shows that it waits for our answer.</summary>
public sealed record ScanCodeEvent : Event
{
    public string? ScanType { get; init; }
    public string? ScanResult { get; init; }
    public bool Waits { get; init; }

    public override string Kind => "scancode";
}

/// <summary>A menu button took or chose pictures; each follows as an <see cref="ImageMessage"/>.</summary>
public sealed record PicturesEvent : Event
{
    public int Count { get; init; }
    public IReadOnlyList<string> Md5Sums { get; init; } = [];

    public override string Kind => "pictures";
}

/// <summary>A menu button chose a place; a <see cref="LocationMessage"/> follows.</summary>
public sealed record LocationSelectEvent : Event
{
    public double Latitude { get; init; }
    public double Longitude { get; init; }
    public int Scale { get; init; }
    public string? Label { get; init; }
    public string? Poi { get; init; }

    public override string Kind => "location_select";
}

/// <summary>What became of a template message; <see cref="Event.JobId"/> is the msgid of the send.</summary>
public sealed record TemplateSentEvent : Event
{
    public required TemplateOutcome Outcome { get; init; }

    /// <summary>The text after <c>failed:</c>, trimmed; null on success.</summary>
    public string? Reason { get; init; }

    public override string Kind => "template_sent";
}

public enum TemplateOutcome { Delivered, RefusedByUser, Failed }

/// <summary>Consent given or withdrawn for subscription notices, or what became of one.</summary>
public sealed record SubscriptionEvent : Event
{
    public required SubscriptionNews News { get; init; }
    public required IReadOnlyList<SubscriptionItem> Items { get; init; }

    public override string Kind => "subscription";
}

public enum SubscriptionNews { Popup, Change, Sent }

/// <param name="Status">Popup and change: <c>accept</c> or <c>reject</c>. Sent: the ErrorStatus.</param>
/// <param name="MsgId">Sent only.</param>
/// <param name="ErrorCode">Sent only; 0 is success.</param>
/// <param name="Scene">Popup only: 1 web page, 2 article.</param>
public sealed record SubscriptionItem(string TemplateId, string Status, string? MsgId = null, int ErrorCode = 0, int Scene = 0);

/// <summary>A mass message went out, or did not; <see cref="Event.JobId"/> is its msg_id.</summary>
public sealed record MassSentEvent : Event
{
    /// <summary><c>send success</c>, <c>send fail</c> or <c>err(num)</c>, as sent.</summary>
    public required string Status { get; init; }

    public int TotalCount { get; init; }
    public int FilterCount { get; init; }
    public int SentCount { get; init; }
    public int ErrorCount { get; init; }
    public IReadOnlyList<string> ArticleUrls { get; init; } = [];

    public override string Kind => "mass_sent";
}

/// <summary>An article was published, or was not. Three event names are in use; its PublishEventInfo decides.</summary>
public sealed record PublishedEvent : Event
{
    public required string PublishId { get; init; }

    /// <summary>0 ok, 1 running, 2 originality, 3 failure, 4 refused, 5 deleted by the user, 6 banned.</summary>
    public required int Status { get; init; }

    public string? ArticleId { get; init; }
    public IReadOnlyList<string> ArticleUrls { get; init; } = [];
    public IReadOnlyList<int> FailedIndexes { get; init; } = [];

    public override string Kind => "published";
}

/// <summary>A customer-service session began, ended or changed hands.</summary>
public sealed record HumanSessionEvent : Event
{
    public required HumanSessionNews News { get; init; }
    public string? Agent { get; init; }

    /// <summary>Set when the session was switched.</summary>
    public string? FromAgent { get; init; }

    public override string Kind => "human_session";
}

public enum HumanSessionNews { Created, Closed, Switched }

/// <summary>The account's verification changed.</summary>
public sealed record VerificationEvent : Event
{
    /// <summary>Seconds since 1970-01-01 UTC; null for failures.</summary>
    public long? ExpiredTime { get; init; }

    public long? FailTime { get; init; }
    public string? FailReason { get; init; }

    public override string Kind => "verification";
}

/// <summary>A user changed, revoked or cancelled what they had authorised. We must delete what they revoked.</summary>
public sealed record UserAuthorizationEvent : Event
{
    public string? OpenIdOfUser { get; init; }
    public string? AppId { get; init; }

    /// <summary>201 address, 202 invoice, 203 card, 204 microphone, 205 nickname and avatar, 206 location, 207 pictures.</summary>
    public string? RevokeInfo { get; init; }

    public override string Kind => "user_authorization";
}

public sealed record InvoiceAuthorizedEvent : Event
{
    public string? SuccessOrderId { get; init; }
    public string? FailedOrderId { get; init; }
    public string? AppId { get; init; }
    public string? Source { get; init; }

    public override string Kind => "invoice";
}

/// <summary>An event that this release does not know. Kept whole, never an error.</summary>
public sealed record UnknownEvent : Event
{
    /// <summary>Every leaf by its path, such as <c>Info/Name</c>.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public override string Kind => "unknown";
}
