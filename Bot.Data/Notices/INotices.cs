namespace Bot.Data.Notices;

/// <summary>Notices: made, looked at and steered. What sends them is behind <see cref="INoticeQueue"/>.</summary>
/// <remarks>
/// For REST and console. Do not fill in a <see cref="NewNotice"/> yourself: <c>Bot.Handlers.Notices.NoticeOffice</c> finds the template, checks
/// every row by its fields and calls <see cref="MakeAsync"/>.
/// <list type="bullet">
/// <item>REST: <c>NoticeOffice.SendAsync</c> gives back an outcome to map: 201/202 with id, status, accepted and rejected, 409 for
/// <see cref="NoticeMade.KeyReused"/>, 400 for problems. Then <see cref="FindAsync"/>, <see cref="RecipientsAsync"/> and
/// <see cref="CancelAsync"/>; check <see cref="Notice.ApiKey"/> before showing a notice to a caller.</item>
/// <item>Console: the same with origin Console gives a draft; <see cref="SubmitAsync"/>, <see cref="ApproveAsync"/> (by somebody else),
/// <see cref="StartAsync"/>; <see cref="NoticeLifeCycle.Allows"/> tells which buttons to show.</item>
/// <item>Flow: origin Flow, lane Single; goes out at once without approval.</item>
/// </list>
/// Ids are public ids. Every act is one transaction, with its line in the audit log; outcomes are values. <c>by</c> is who acts: a clerk's account, or
/// <c>api:…</c>.
/// </remarks>
public interface INotices
{
    /// <summary>
    /// Keeps the notice and its rows, all or nothing, in constant memory. Origin Console gives a draft; the others are sending, or scheduled.
    /// The rows are not read when the idempotency key is known already.
    /// </summary>
    Task<NoticeMade> MakeAsync(NewNotice notice, IAsyncEnumerable<NoticeRow> rows, CancellationToken ct);

    /// <returns>What a request with this key came to before; null for a new one.</returns>
    Task<NoticeMade?> RecallAsync(Idempotency idempotency, CancellationToken ct);

    Task<Notice?> FindAsync(string id, CancellationToken ct);

    Task<IReadOnlyList<Notice>> ListAsync(NoticeFilter filter, CancellationToken ct);

    /// <summary>Of the newest single notices since then, those that still wait among them; null when there were none.</summary>
    Task<NoticePromise?> PromiseAsync(DateTimeOffset since, CancellationToken ct);

    /// <param name="status">A word of the six counts or a row's own; Sent gives Parked and Unknown too, Queued gives Sending too. Null: all.</param>
    /// <param name="after">The last row number of the page before; 0 for the first.</param>
    /// <param name="limit">1 to 1000.</param>
    Task<IReadOnlyList<NoticeRecipient>> RecipientsAsync(string id, RecipientStatus? status, int after, int limit, CancellationToken ct);

    /// <param name="row">Whose; null for the first one's.</param>
    /// <returns>A recipient with what they are told, for a preview; null when there is none or it was erased.</returns>
    Task<NoticeSample?> SampleAsync(string id, CancellationToken ct, int? row = null);

    /// <summary>All recipients with what they are told, in order; a page at a time from the store.</summary>
    IAsyncEnumerable<NoticeRow> RowsAsync(string id, CancellationToken ct);

    /// <returns>Of the file that it was made from; null for none.</returns>
    Task<byte[]?> SourceAsync(string id, CancellationToken ct);

    /// <summary>Rows that were not taken when it was made.</summary>
    Task<IReadOnlyList<RejectedRow>> RejectedAsync(string id, CancellationToken ct);

    /// <returns>The newest notice made from the same file since then, other than a cancelled one; null for none.</returns>
    Task<Notice?> SeenAsync(byte[] sourceHash, DateTimeOffset since, CancellationToken ct);

    Task<NoticeChange> SubmitAsync(string id, string by, CancellationToken ct);

    /// <param name="reason">For the maker; cut at 500 characters.</param>
    Task<NoticeChange> ReturnAsync(string id, string by, string reason, CancellationToken ct);

    Task<NoticeChange> ApproveAsync(string id, string by, CancellationToken ct);

    /// <param name="at">Null: at the time given when the notice was made, or now.</param>
    Task<NoticeChange> StartAsync(string id, string by, DateTimeOffset? at, CancellationToken ct);

    Task<NoticeChange> PauseAsync(string id, string by, string reason, CancellationToken ct);

    Task<NoticeChange> ResumeAsync(string id, string by, CancellationToken ct);

    /// <summary>What is under way at this moment still goes out; everything else is cancelled when this returns.</summary>
    Task<NoticeChange> CancelAsync(string id, string by, string reason, CancellationToken ct);

    /// <summary>A draft gives way to the one that was written anew from it.</summary>
    Task<NoticeChange> ReplaceAsync(string id, string by, string reason, CancellationToken ct);

    /// <summary>Sends once more what is of unclear outcome (<see cref="RecipientStatus.Parked"/>): a person takes the risk that the citizen gets it twice.</summary>
    /// <param name="row">Null: all of them, up to some thousands.</param>
    /// <returns>How many wait to be sent. None when they are unclear no more, sent again already, or of a notice that was cancelled or is out of date.</returns>
    Task<int> ResendAsync(string id, int? row, string by, CancellationToken ct);

    /// <summary>Erases whom notices went to and what they said, once they ended before that time. What was begun before it and never ended is closed.</summary>
    /// <returns>Rows erased.</returns>
    Task<int> EraseAsync(DateTimeOffset endedBefore, CancellationToken ct);
}
