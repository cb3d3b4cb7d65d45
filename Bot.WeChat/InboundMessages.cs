namespace Bot.WeChat;

/// <summary>What a citizen sent. Carries the platform's 64-bit id, equal in every delivery.</summary>
public abstract record Message : Inbound
{
    public required long MsgId { get; init; }

    /// <summary>Set when the message was written from an article, with <see cref="ArticleIndex"/> from 1.</summary>
    public string? ArticleId { get; init; }

    public int ArticleIndex { get; init; }

    public override string DedupeKey => MsgId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public sealed record TextMessage : Message
{
    public required string Content { get; init; }

    /// <summary>Id of the tapped item when the text came from a 菜单消息; any string.</summary>
    public string? MenuItemId { get; init; }

    public override string Kind => "text";
}

public sealed record ImageMessage : Message
{
    public required string MediaId { get; init; }

    /// <summary>Address on the platform's servers; its lifetime is not documented.</summary>
    public string? PicUrl { get; init; }

    public override string Kind => "image";
}

public sealed record VoiceMessage : Message
{
    public required string MediaId { get; init; }
    public string? Format { get; init; }

    /// <summary>16 kHz copy of the recording, better for recognition than the 8 kHz one.</summary>
    public string? MediaId16K { get; init; }

    /// <summary>The platform's speech recognition; null or empty when it is off or heard nothing.</summary>
    public string? Recognition { get; init; }

    public override string Kind => "voice";
}

public sealed record VideoMessage : Message
{
    public required string MediaId { get; init; }
    public string? ThumbMediaId { get; init; }

    /// <summary>True for <c>shortvideo</c>.</summary>
    public bool Short { get; init; }

    public override string Kind => Short ? "shortvideo" : "video";
}

public sealed record LocationMessage : Message
{
    /// <summary>Degrees, −90 to 90 (the wire calls it <c>Location_X</c>).</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, −180 to 180 (the wire calls it <c>Location_Y</c>).</summary>
    public required double Longitude { get; init; }

    public int Scale { get; init; }
    public string? Label { get; init; }

    public override string Kind => "location";
}

public sealed record LinkMessage : Message
{
    public required string Url { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }

    public override string Kind => "link";
}

/// <summary>A file; not documented, seen in captures.</summary>
public sealed record FileMessage : Message
{
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? FileKey { get; init; }
    public string? FileMd5 { get; init; }

    /// <summary>Bytes.</summary>
    public long TotalLength { get; init; }

    public override string Kind => "file";
}

/// <summary>A type of message that this release does not know. Kept whole, never an error.</summary>
public sealed record UnknownMessage : Message
{
    public required string MsgType { get; init; }

    /// <summary>Every leaf by its path, such as <c>Info/Name</c>.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public override string Kind => "unknown";
}
