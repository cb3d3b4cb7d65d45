using Bot.Data.Staff;

namespace Bot.Data.Articles;

/// <summary>What is public, for pages, feeds, the chat and its search.</summary>
public interface IArticles
{
    /// <returns>Id and stamp of all that is public and not withdrawn.</returns>
    Task<IReadOnlyList<(long Id, int Stamp)>> StampsAsync(CancellationToken ct);

    /// <returns>Without their bodies: <see cref="ArticleContent.Body"/> is empty. Missing are those that are no longer public.</returns>
    Task<IReadOnlyList<PublicArticle>> HeadsAsync(IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>The whole article, withdrawn ones too; null when it never was public.</summary>
    Task<PublicArticle?> FindAsync(long id, CancellationToken ct);
}

/// <summary>栏目.</summary>
public interface IArticleColumns
{
    /// <returns>In their order, closed ones last.</returns>
    Task<IReadOnlyList<ArticleColumn>> AllAsync(CancellationToken ct);

    /// <summary>Changes everything but the code.</summary>
    /// <returns>False when somebody changed it meanwhile.</returns>
    Task<bool> SaveAsync(ArticleColumn column, StaffMember by, CancellationToken ct);
}

/// <summary>Pictures and attachments, the same for every host.</summary>
public interface IArticleFiles
{
    public const int LargestBytes = 10 * 1024 * 1024;

    /// <summary>Keeps a file; the same content again is the same file, under its first name.</summary>
    Task<ArticleFile> AddAsync(string name, string type, byte[] content, int? width, int? height, string by, CancellationToken ct);

    /// <returns>In the order asked for; missing ones are left out.</returns>
    Task<IReadOnlyList<ArticleFile>> DescribeAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    Task<(ArticleFile File, byte[] Content)?> ReadAsync(string id, CancellationToken ct);

    /// <returns>Whether an article that the public may read names it: as its cover, an attachment, or in its body.</returns>
    Task<bool> IsPublicAsync(string id, CancellationToken ct);

    /// <summary>What the platform calls it; null while it was not uploaded.</summary>
    Task<(string? Url, string? MediaId)> OnWeChatAsync(string id, CancellationToken ct);

    /// <summary>Remembers what the platform calls it; a null leaves what is known.</summary>
    Task RememberAsync(string id, string? url, string? mediaId, CancellationToken ct);

    /// <summary>The platform does not know them any more: they are uploaded anew.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> ids, CancellationToken ct);
}
