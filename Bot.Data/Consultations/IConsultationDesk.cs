using Bot.Data.Staff;

namespace Bot.Data.Consultations;

/// <summary>Consultations as staff make them.</summary>
public interface IConsultationDesk
{
    /// <summary>Kind of the job that tells everybody who commented what became of it; the key is the consultation's id.</summary>
    public const string TellJob = "consultation.tell";

    /// <summary>The last made first.</summary>
    /// <param name="page">From 1.</param>
    Task<(IReadOnlyList<ConsultationRow> Rows, int Total)> ListAsync(string text, int page, int size, CancellationToken ct);

    /// <summary>Those of which something waits for staff: to be published, comments to be looked at, or a report; the oldest first, at most 100.</summary>
    Task<IReadOnlyList<ConsultationRow>> WaitingAsync(CancellationToken ct);

    Task<ConsultationDraft?> FindAsync(long id, CancellationToken ct);

    /// <param name="id">0: a new one, the revision is not looked at.</param>
    Task<ConsultationSaved> SaveAsync(long id, int revision, ConsultationPaper paper, StaffMember by, CancellationToken ct);

    /// <summary>Asks a second person to publish it.</summary>
    Task<ConsultationSaved> SubmitAsync(long id, int revision, StaffMember by, CancellationToken ct);

    /// <summary>It is not to be published as it is; or whoever asked takes it back.</summary>
    Task<ConsultationSaved> ReturnAsync(long id, int revision, string why, StaffMember by, CancellationToken ct);

    /// <summary>What was submitted becomes a new version: comments from now on are on it, the older ones stay with theirs. The first opens no earlier than it is public.</summary>
    /// <param name="at">When; null for now.</param>
    Task<ConsultationSaved> PublishAsync(long id, int revision, StaffMember by, CancellationToken ct, DateTimeOffset? at = null);

    /// <summary>Before its time, for good. Everybody who commented is told why.</summary>
    Task<ConsultationSaved> StopAsync(long id, string why, StaffMember by, CancellationToken ct);

    /// <summary>Of what was never published.</summary>
    Task<ConsultationSaved> DeleteAsync(long id, StaffMember by, CancellationToken ct);

    /// <summary>The words above the points of the report.</summary>
    Task<ConsultationSaved> SaveReportAsync(long id, int revision, string words, StaffMember by, CancellationToken ct);

    /// <summary>When it is over and every point has its answer. Everybody who commented is told, once, however often it is published.</summary>
    Task<ConsultationSaved> PublishReportAsync(long id, int revision, StaffMember by, CancellationToken ct);

    Task<ConsultationSaved> WithdrawReportAsync(long id, StaffMember by, CancellationToken ct);
}

/// <param name="Title">As it is being written.</param>
/// <param name="Published">The newest version; null for none.</param>
public sealed record ConsultationRow(Consultation Consultation, string Title, ConsultationPaper? Published, int Comments, int Waiting);

/// <param name="Paper">As it is being written.</param>
/// <param name="Published">The newest version; null for none.</param>
/// <param name="Submitter">Who submitted it, as colleagues call them; null while nobody did.</param>
public sealed record ConsultationDraft(Consultation Consultation, ConsultationPaper Paper, ConsultationVersion? Published, string? Submitter);

public abstract record ConsultationSaved
{
    private ConsultationSaved()
    {
    }

    public sealed record Saved(long Id) : ConsultationSaved;

    /// <summary>Somebody else was quicker, or its state does not allow it any more.</summary>
    public sealed record ChangedMeanwhile : ConsultationSaved;

    /// <summary>Whoever submitted it does not publish it.</summary>
    public sealed record SamePerson : ConsultationSaved;

    /// <summary>It would close earlier than the public was told.</summary>
    public sealed record Shortened : ConsultationSaved;

    /// <summary>Comments wait to be looked at, or points for their answer.</summary>
    public sealed record Unfinished : ConsultationSaved;
}
