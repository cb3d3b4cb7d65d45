namespace Bot.Data.Articles;

/// <summary>What an editor writes. Bounds are those of the table.</summary>
public sealed record ArticleContent
{
    public const int LongestTitle = 64;
    public const int LongestDigest = 120;
    public const int LongestBody = 200_000;
    public const int LongestSource = 60;
    public const int LongestAuthor = 16;
    public const int LongestCorrection = 200;
    public const int MostAttachments = 10;
    public const int MostPolicies = 10;

    /// <summary>Code of its 栏目.</summary>
    public required string Column { get; init; }

    public required string Title { get; init; }

    /// <summary>摘要; empty for none.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Sanitised HTML.</summary>
    public string Body { get; init; } = "";

    /// <summary>The body without markup, for the search and the chat.</summary>
    public string Words { get; init; } = "";

    /// <summary>来源.</summary>
    public string Source { get; init; } = "";

    public string Author { get; init; } = "";

    /// <summary>Id of a picture; null for none.</summary>
    public string? Cover { get; init; }

    /// <summary>Ids of files.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>Ids of policies that it belongs to.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>形成日期.</summary>
    public DateOnly? MadeOn { get; init; }

    /// <summary>The first day on which it no longer holds; null for no end.</summary>
    public DateOnly? LapsesOn { get; init; }

    /// <summary>更正说明; empty for none.</summary>
    public string Correction { get; init; } = "";
}

/// <summary>草稿, 待审核, 待签发, 待发布, 已发布, 已撤回.</summary>
public enum ArticleState { Draft, Review, Signing, Scheduled, Published, Withdrawn }

/// <summary>An article as the public reads it.</summary>
/// <param name="Version">Of what is public.</param>
/// <param name="Stamp">Changes whenever something that the public sees does.</param>
/// <param name="FirstAt">When it was first published.</param>
/// <param name="PublishedAt">When this version was.</param>
/// <param name="Editor">Display names.</param>
public sealed record PublicArticle(
    long Id, int Version, int Stamp, ArticleContent Content, DateTimeOffset FirstAt, DateTimeOffset PublishedAt, string Editor, string Reviewer, string Signer)
{
    /// <summary>Set when it was withdrawn: then nothing of its content is shown.</summary>
    public Withdrawal? Withdrawn { get; init; }

    public bool HoldsOn(DateOnly day) => Content.LapsesOn is not { } end || end > day;
}

public sealed record Withdrawal(DateTimeOffset At, string Reason);

/// <summary>栏目.</summary>
/// <param name="LongestSilence">Days.</param>
/// <param name="PublishWithin">Working days from 形成日期.</param>
public sealed record ArticleColumn(
    string Code, string Name, string About, int Place, bool Active, int LongestSilence, int PublishWithin, int Revision);

/// <summary>A picture or an attachment, without its bytes.</summary>
/// <param name="Id">32 hex digits made of its content.</param>
/// <param name="Width">Of a picture, in pixels; null for other files.</param>
public sealed record ArticleFile(string Id, string Name, string Type, long Size, int? Width, int? Height)
{
    public bool IsPicture => Width is not null;
}
