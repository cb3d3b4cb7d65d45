using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>Cases as staff handle them; everybody sees what <see cref="CaseRules.Sees"/> lets them.</summary>
public interface ICaseDesk
{
    Task<CasePage> ListAsync(CaseQuery query, StaffMember staff, CancellationToken ct);

    /// <summary>How many there are in each view, up to <see cref="MostCounted"/>.</summary>
    Task<IReadOnlyDictionary<CaseView, int>> CountAsync(StaffMember staff, CancellationToken ct);

    public const int MostCounted = 1000;

    Task<StaffCase?> FindAsync(string number, StaffMember staff, CancellationToken ct);

    /// <param name="version">Of the case as the actor saw it: who acts on an older one is told so.</param>
    Task<CaseOutcome> ActAsync(string number, int version, StaffMember staff, CaseAct act, CancellationToken ct);

    /// <summary>The contact, in clear; looked at for a reason that the audit log keeps.</summary>
    /// <returns>Null when it is not for these eyes.</returns>
    Task<string?> ContactAsync(string number, StaffMember staff, string reason, CancellationToken ct);

    /// <summary>What the citizen wrote, with the numbers that are masked everywhere else; looked at for a reason that the audit log keeps.</summary>
    /// <returns>Null when it is not for these eyes.</returns>
    Task<string?> OriginalAsync(string number, StaffMember staff, string reason, CancellationToken ct);

    /// <summary>Who may be given a case.</summary>
    /// <param name="department">Null: the centre.</param>
    Task<IReadOnlyList<StaffMember>> ColleaguesAsync(string? department, CancellationToken ct);

    /// <summary>The officers of all departments.</summary>
    Task<IReadOnlyList<StaffMember>> OfficersAsync(CancellationToken ct);

    /// <summary>Who changed it last, when it is not any more as it was seen; null while it is.</summary>
    Task<CaseEntry?> ChangedSinceAsync(string number, int version, StaffMember staff, CancellationToken ct);

    /// <summary>Reports whose extension somebody else asked for: decided by the centre without seeing the report.</summary>
    Task<IReadOnlyList<AskedExtension>> ExtensionsOfReportsAsync(StaffMember staff, CancellationToken ct);

    /// <summary>Cases that may be the same: of its category, near, and alike.</summary>
    Task<IReadOnlyList<SimilarCase>> SimilarAsync(CaseFile file, CancellationToken ct);
}

/// <summary>What staff pick from.</summary>
public enum CaseView
{
    /// <summary>全部.</summary>
    All,

    /// <summary>待受理.</summary>
    Inbox,

    /// <summary>我的: what is open and assigned to oneself.</summary>
    Mine,

    /// <summary>在办.</summary>
    Open,

    /// <summary>将超期与已超期.</summary>
    Urgent,

    /// <summary>待审核: answers and extensions that wait for a second person.</summary>
    Waiting,

    /// <summary>待回访.</summary>
    CallBack,

    /// <summary>待公开.</summary>
    ToPublish,

    /// <summary>已办结.</summary>
    Closed,
}

public enum CaseOrder
{
    /// <summary>The most urgent first.</summary>
    Due,

    /// <summary>The newest first.</summary>
    Newest,
}

/// <param name="Number">One case, by its number; else null.</param>
/// <param name="After">The cursor of the page before; null for the first page.</param>
public sealed record CaseQuery(
    CaseView View = CaseView.Open, CaseOrder Order = CaseOrder.Due, CaseKind? Kind = null, CaseState? State = null, string? Department = null,
    string? Category = null, string? Number = null, string? After = null, int Limit = 25);

/// <param name="Next">Cursor of the next page; null when this is the last.</param>
public sealed record CasePage(IReadOnlyList<CaseFile> Cases, string? Next);

/// <param name="Timeline">All of it, oldest first.</param>
/// <param name="Joined">How many others follow it.</param>
/// <param name="Names">Of the staff in it, by sign-in name.</param>
/// <param name="Documents">Of the answer, or of one that waits or was sent back.</param>
/// <param name="Others">What the same citizen filed besides, the newest first; for the centre only, and of no anonymous case.</param>
public sealed record StaffCase(
    CaseFile File, CaseCategory Category, IReadOnlyList<CaseEntry> Timeline, IReadOnlyList<CasePhoto> Photos, IReadOnlyList<CaseAnswer> Answers,
    int Joined, bool SeesContact, string? MergedInto, IReadOnlyDictionary<string, string> Names, IReadOnlyList<OtherCase> Others, IReadOnlyList<CaseDocument> Documents)
{
    /// <summary>Numbers are masked in what the citizen wrote, and these eyes may see it as it was written.</summary>
    public bool SeesOriginal { get; init; }

    /// <summary>As colleagues and citizens are called; a sign-in name only where nothing else is known.</summary>
    public string NameOf(string staff) => Names.GetValueOrDefault(staff, staff);
}

public sealed record OtherCase(string Number, string Category, CaseState State, DateTimeOffset FiledAt);

/// <param name="By">The display name.</param>
public sealed record AskedExtension(string Number, int Version, int Days, string Why, string By, DateTimeOffset AnswerBy);

public sealed record CasePhoto(long Id, string Status, string? Reason, bool Video, DateTimeOffset SentAt);
