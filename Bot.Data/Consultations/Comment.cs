using Bot.WeChat;

namespace Bot.Data.Consultations;

/// <summary>What a citizen says of a draft policy.</summary>
/// <param name="Version">That was read.</param>
/// <param name="Part">Its key; empty for the whole.</param>
/// <param name="Citizen">Null for who wrote on the page without coming from the chat.</param>
/// <param name="Run">Sent twice, kept once.</param>
/// <param name="Flagged">Listed words in it.</param>
public sealed record NewComment(long Consultation, int Version, string Part, string Words, CommentWay Way, OpenId? Citizen, Guid Run, DateTimeOffset At, IReadOnlyList<string> Flagged)
{
    public const int Longest = 2000;

    /// <summary>Of one citizen about one consultation.</summary>
    public const int MostOfOne = 20;
}

public enum CommentWay
{
    Chat,

    /// <summary>On the page, by a link from the chat.</summary>
    Link,

    /// <summary>On the page, by anybody.</summary>
    Page,
}

public enum CommentKept
{
    Kept,
    NotOpen,

    /// <summary>That version has no such part.</summary>
    NoSuchPart,

    /// <summary>This citizen has said enough.</summary>
    TooMany,
}

public enum CommentState
{
    /// <summary>Nobody has looked at it.</summary>
    Waiting,
    Shown,
    Hidden,
}

/// <summary>A comment as staff see it: never whose.</summary>
/// <param name="Point">Its id; null for none.</param>
public sealed record CommentRow(
    long Id, int Version, string Part, string Words, CommentWay Way, DateTimeOffset At, IReadOnlyList<string> Flagged, CommentState State, string? Reason, string? JudgedBy, long? Point);

/// <summary>A comment as everybody reads it.</summary>
public sealed record ShownComment(long Id, int Version, string Part, string Words, DateTimeOffset At);

/// <summary>要点: similar comments, and what the office made of them.</summary>
/// <param name="Verdict">Null: not answered.</param>
public sealed record CommentPoint(long Id, string Part, string Title, PointVerdict? Verdict, string Answer, int Comments)
{
    public const int LongestTitle = 100;
    public const int LongestAnswer = 1000;
}

public enum PointVerdict
{
    Adopted,
    Partly,
    Declined,
}

/// <param name="People">Who came from the chat, each once.</param>
public sealed record CommentCounts(int All, int Waiting, int Shown, int Hidden, int Flagged, int Ungrouped, int People);
