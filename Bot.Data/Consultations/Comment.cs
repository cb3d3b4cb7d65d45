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

/// <summary>Why a comment is neither shown nor considered; the schema knows these. What is not shown for another reason is answered all the same.</summary>
public static class LeftOutReasons
{
    public const string Elsewhere = "与征求意见的内容无关";
    public const string Advertising = "广告或推销";
    public const string SaidTwice = "重复提交";

    public static IReadOnlyList<string> All { get; } = [Elsewhere, Advertising, SaidTwice];
}

/// <summary>A comment as staff see it: never whose.</summary>
/// <param name="JudgedBy">As colleagues call them.</param>
/// <param name="Point">Its id; null for none.</param>
/// <param name="LeftOut">Hidden for one of <see cref="LeftOutReasons"/>: in no point.</param>
public sealed record CommentRow(
    long Id, int Version, string Part, string Words, CommentWay Way, DateTimeOffset At, IReadOnlyList<string> Flagged, CommentState State, string? Reason, string? JudgedBy, long? Point, bool LeftOut = false);

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

/// <param name="LeftOut">Not considered: off the matter, advertising, said twice.</param>
/// <param name="People">Who came from the chat, each once.</param>
public sealed record CommentCounts(int All, int Waiting, int Shown, int LeftOut, int Flagged, int Ungrouped, int People);
