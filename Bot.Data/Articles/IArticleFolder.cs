namespace Bot.Data.Articles;

/// <summary>The desk's articles, in whatever state they are.</summary>
public interface IArticleFolder
{
    Task<ArticleOnDesk?> FindAsync(long id, CancellationToken ct);

    Task<(IReadOnlyList<ArticleRow> Rows, int Total)> ListAsync(ArticleFilter filter, CancellationToken ct);

    /// <returns>Oldest first.</returns>
    Task<IReadOnlyList<ArticleStep>> StepsAsync(long id, CancellationToken ct);

    /// <returns>A version of the content; null when there is none.</returns>
    Task<ArticleContent?> VersionAsync(long id, int version, CancellationToken ct);
}

/// <param name="Editor">Sign-in names, as for the others.</param>
/// <param name="PublishAt">When a signed one becomes public.</param>
/// <param name="PublishedVersion">What the public reads; null: nothing yet.</param>
public sealed record ArticleOnDesk(
    long Id, ArticleState State, int Version, ArticleContent Content, string Editor, string? Reviewer, string? Signer, DateTimeOffset? PublishAt,
    int? PublishedVersion, DateTimeOffset? PublishedAt, Withdrawal? Withdrawn, DateTimeOffset SavedAt)
{
    /// <summary>As colleagues call whoever saved it.</summary>
    public string EditorName { get; init; } = Editor;
}

/// <summary>A line of the desk's list. Names are display names.</summary>
public sealed record ArticleRow(
    long Id, ArticleState State, string Title, string Column, string Editor, DateTimeOffset SavedAt, DateTimeOffset? PublishAt, DateTimeOffset? PublishedAt);

/// <param name="Words">In the title; empty for all.</param>
/// <param name="Page">From 0.</param>
public sealed record ArticleFilter(ArticleState? State = null, string Column = "", string Words = "", int Page = 0, int Rows = 20);

public sealed record ArticleStep(int Version, ArticleAct Act, string Staff, string Words, DateTimeOffset At);
