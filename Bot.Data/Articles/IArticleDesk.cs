using Bot.Data.Staff;

namespace Bot.Data.Articles;

/// <summary>The office's work on articles: 编辑 → 审核 → 签发, three persons, and what comes after.</summary>
public interface IArticleDesk
{
    /// <summary>Keeps a new version; the first one when <paramref name="id"/> is null.</summary>
    /// <param name="basedOn">The version that was edited; 0 for a new article.</param>
    Task<ArticleSaved> SaveAsync(long? id, int basedOn, ArticleContent content, StaffMember by, CancellationToken ct);

    /// <summary>Takes a step on a version. Signing sets the time of publication: <paramref name="publishAt"/>, or now.</summary>
    /// <param name="words">Why; needed to return something, at most 200 characters.</param>
    Task<StepTaken> StepAsync(long id, int version, ArticleAct act, StaffMember by, string words, DateTimeOffset? publishAt, CancellationToken ct);

    /// <summary>Takes it from the public at once; the reason stays visible.</summary>
    Task<StepTaken> WithdrawAsync(long id, StaffMember by, string reason, CancellationToken ct);

    /// <summary>Publishes what is signed and due.</summary>
    /// <returns>False when there is nothing to publish any more.</returns>
    Task<bool> PublishAsync(long id, int version, CancellationToken ct);

    /// <summary>Adds articles that were published elsewhere before, with the names of those who worked on them.</summary>
    /// <param name="onlyFirst">Does nothing where there are articles already, whichever host brought them.</param>
    Task ImportAsync(IReadOnlyCollection<ImportedArticle> articles, bool onlyFirst, CancellationToken ct);
}

/// <summary>送审, 撤回送审, 审核通过, 签发, 退回, 发布, 撤下.</summary>
public enum ArticleAct { Submit, Recall, Approve, Sign, Return, Publish, Withdraw }

public abstract record ArticleSaved
{
    private ArticleSaved()
    {
    }

    public sealed record Kept(long Id, int Version) : ArticleSaved;

    /// <summary>Somebody saved another version meanwhile.</summary>
    public sealed record ChangedMeanwhile : ArticleSaved;

    /// <summary>It is being reviewed or waits for its time: recall it first.</summary>
    public sealed record NotNow(ArticleState State) : ArticleSaved;

    public sealed record Unknown : ArticleSaved;
}

public enum StepTaken
{
    Done,

    /// <summary>Somebody was faster, or it is another version by now.</summary>
    ChangedMeanwhile,

    /// <summary>编辑, 审核 and 签发 are three persons.</summary>
    SamePerson,

    Unknown,
}

public sealed record ImportedArticle(ArticleContent Content, DateTimeOffset PublishedAt, string Editor, string Reviewer, string Signer);
