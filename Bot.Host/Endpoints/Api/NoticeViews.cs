using Bot.Data.Notices;

namespace Bot.Host.Endpoints.Api;

/// <summary>A notice for one citizen.</summary>
/// <param name="Template">The office's code of the template, or WeChat's template_id.</param>
/// <param name="Data">Field to value, such as <c>thing1</c>; texts only.</param>
/// <param name="Url">Opened on a tap; http or https, at most 1024 characters.</param>
/// <param name="Reference">The caller's own name for it; at most 128 characters.</param>
/// <param name="ScheduledAt">ISO 8601 with its offset, at most seven days ahead; at once when left out.</param>
/// <param name="ExpiresAt">The same; what was not handed over by then is not sent any more.</param>
internal sealed record SingleBody(
    string? Template, string? Openid, Dictionary<string, string>? Data, string? Url, string? Reference, string? ScheduledAt, string? ExpiresAt);

/// <summary>A notice for up to 100,000 citizens.</summary>
internal sealed record BulkBody(string? Template, IReadOnlyList<RecipientBody>? Recipients, string? Url, string? Reference, string? ScheduledAt, string? ExpiresAt);

internal sealed record RecipientBody(string? Openid, Dictionary<string, string>? Data);

internal sealed record MadeView(string Id, string Status);

/// <param name="Rejected">Rows that were not taken, from 1; of a CSV the first line below the columns is 1.</param>
internal sealed record BulkMadeView(string Id, int Accepted, IReadOnlyList<RejectedView> Rejected);

internal sealed record RejectedView(int Row, string Reason);

/// <param name="Status">draft, submitted, approved, scheduled, sending, paused, done or cancelled.</param>
internal sealed record NoticeView(
    string Id, string Status, CountsView Counts, string Template, string Reference, DateTimeOffset CreatedAt, DateTimeOffset? ScheduledAt, DateTimeOffset? ExpiresAt, DateTimeOffset? FinishedAt)
{
    public static NoticeView Of(Notice notice) => new(
        notice.Id, Spelled(notice.Status), CountsView.Of(notice.Counts), notice.TemplateCode, notice.Reference,
        notice.CreatedAt, notice.ScheduledAt, notice.ExpiresAt, notice.FinishedAt);

    public static string Spelled<T>(T status) where T : struct, Enum => status.ToString().ToLowerInvariant();
}

/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record NoticesView(IReadOnlyList<NoticeView> Notices, string? Next);

/// <summary>The six add up to the recipients; <paramref name="Sent"/> includes those whose outcome is unknown.</summary>
internal sealed record CountsView(int Queued, int Sent, int Delivered, int Refused, int Failed, int Cancelled)
{
    public static CountsView Of(NoticeCounts counts) =>
        new(counts.Queued, counts.Sent, counts.Delivered, counts.Refused, counts.Failed, counts.Cancelled);
}

/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record RecipientsView(IReadOnlyList<RecipientView> Recipients, string? Next);

/// <param name="Status">queued, sent, delivered, refused, failed or cancelled.</param>
/// <param name="Reason">Why it was refused or failed.</param>
internal sealed record RecipientView(
    int Row, string Openid, string Status, int Attempts, DateTimeOffset? SentAt, DateTimeOffset? FinishedAt, int? ErrorCode, string? Reason)
{
    public static RecipientView Of(NoticeRecipient recipient) => new(
        recipient.Row, recipient.To.Value, Word(recipient.Status), recipient.Attempts, recipient.SentAt, recipient.FinishedAt,
        recipient.ErrorCode, recipient.Words);

    // Callers know the six words of the counts.
    private static string Word(RecipientStatus status) => NoticeView.Spelled(status switch
    {
        RecipientStatus.Sending => RecipientStatus.Queued,
        RecipientStatus.Parked or RecipientStatus.Unknown => RecipientStatus.Sent,
        _ => status,
    });
}
