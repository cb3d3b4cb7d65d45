namespace Bot.Data.Policies;

/// <summary>Copies that staff work on: 编辑 → 审核 → 签发. The public sees nothing of them before they are issued and their time has come.</summary>
public interface IPolicyDrafts
{
    Task<PolicyDraft?> FindAsync(string id, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<DraftRow>> ListAsync(CancellationToken ct);

    /// <summary>Keeps the editor's work; a copy that was submitted or reviewed goes back to its editor by it.</summary>
    /// <param name="revision">The one that was edited; 0 begins a copy.</param>
    Task<DraftResult> SaveAsync(Policy content, int revision, string editor, CancellationToken ct);

    Task<DraftResult> SubmitAsync(string id, int revision, string editor, CancellationToken ct);

    Task<DraftResult> ReviewAsync(string id, int revision, string reviewer, CancellationToken ct);

    /// <summary>Back to the editor, with the reason. What waits for its time is called back so, too.</summary>
    Task<DraftResult> ReturnAsync(string id, int revision, string reviewer, string remark, CancellationToken ct);

    /// <summary>Publishes it, at once or when its time comes.</summary>
    Task<DraftResult> IssueAsync(string id, int revision, string issuer, DateTimeOffset publishAt, CancellationToken ct);

    Task<DraftResult> DiscardAsync(string id, int revision, string editor, CancellationToken ct);

    /// <summary>Publishes what was issued, if its time has come.</summary>
    /// <returns>False when there is nothing to publish.</returns>
    Task<bool> PublishDueAsync(string id, CancellationToken ct);

    /// <summary>Ends a published document: from a day on it counts as lapsed, in favour of its successor.</summary>
    Task<bool> LapseAsync(string id, DateOnly from, string successor, string actor, CancellationToken ct);

    /// <summary>Takes a document off the shelf; its versions stay.</summary>
    Task<bool> WithdrawAsync(string id, string actor, CancellationToken ct);
}

public sealed record PolicyDraft(
    Policy Content, DraftState State, int BaseVersion, string EditedBy, string? ReviewedBy, string? IssuedBy, string Remark,
    DateTimeOffset? PublishAt, int Revision, DateTimeOffset UpdatedAt);

public sealed record DraftRow(
    string PolicyId, string Title, string Category, DraftState State, string EditedBy, string? ReviewedBy, string? IssuedBy,
    DateTimeOffset? PublishAt, DateTimeOffset UpdatedAt);

/// <summary>编辑中, 待审核, 待签发, 已签发（待发布）.</summary>
public enum DraftState { Editing, Submitted, Reviewed, Issued }

public enum DraftResult
{
    Done,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Changed,

    /// <summary>Who edited may neither review nor issue.</summary>
    OwnWork,

    /// <summary>It does not stand where this act belongs.</summary>
    NotNow,

    /// <summary>There is no such copy.</summary>
    Gone,
}
