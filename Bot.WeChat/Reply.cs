namespace Bot.WeChat;

/// <summary>What the callback answers. The platform takes one reply a message.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “被动回复用户消息”.</remarks>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <param name="Content">At most <see cref="MaxTextBytes"/> bytes of UTF-8; longer text is cut at a character boundary, blank text is silence.</param>
    public sealed record Text(string Content) : Reply;

    public sealed record Image(string MediaId) : Reply;

    public sealed record Voice(string MediaId) : Reply;

    public sealed record Video(string MediaId, string? Title = null, string? Description = null) : Reply;

    public sealed record Music(string ThumbMediaId, string? Title = null, string? Description = null, string? Url = null, string? HqUrl = null) : Reply;

    /// <param name="Articles">One when answering a message, up to 8 when answering an event; the platform drops the rest, so we do.</param>
    public sealed record News(IReadOnlyList<Article> Articles) : Reply;

    /// <summary>Hands the citizen to the platform's customer-service desk.</summary>
    /// <param name="Account">A certain agent, such as <c>desk@gov</c>; null lets the platform choose.</param>
    public sealed record ToHuman(string? Account = null) : Reply;

    /// <summary>The literal <c>success</c>: nothing to say, and no second delivery please.</summary>
    public sealed record Nothing : Reply;

    /// <summary>The platform cuts at about 2048; we stay below it.</summary>
    public const int MaxTextBytes = 2000;

    public static Reply Say(string content) => new Text(content);

    public static Reply Silence { get; } = new Nothing();
}

/// <param name="PictureUrl">jpg or png, 360×200 for the first.</param>
public sealed record Article(string Title, string Description, string PictureUrl, string Url);
