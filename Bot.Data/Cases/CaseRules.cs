using System.Collections.Immutable;
using Bot.Data.Calendar;
using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>How often and how long; settings of the office, which may change at any time.</summary>
public sealed record CaseLimits
{
    /// <summary>Dispatches after which a department may not return a case any more: the centre assigned it.</summary>
    public int Dispatches { get; set; } = 3;

    /// <summary>Days after the answer in which the citizen may reopen it.</summary>
    public int ReopenDays { get; set; } = 15;

    /// <summary>Days after the answer without a rating, after which it is closed.</summary>
    public int RatingDays { get; set; } = 7;

    /// <summary>Working days in which an applicant corrects a request for information.</summary>
    public int CorrectionDays { get; set; } = 15;

    /// <summary>Days in which a fee is paid.</summary>
    public int FeeDays { get; set; } = 30;
}

/// <summary>What a decision depends on beside the case itself.</summary>
public sealed record CaseSetting(CaseCategory Category, WorkingCalendar Calendar, CaseLimits Limits, DateTimeOffset Now);

/// <summary>The life of a case, in one place: who may do what in which state, and what it leads to. Pure; drawn in docs/complaints.md.</summary>
public static class CaseRules
{
    public const int LongestWords = 3000;

    private static readonly ImmutableArray<CaseState> s_open = [CaseState.Filed, CaseState.Accepted, CaseState.Dispatched, CaseState.Handling];
    private static readonly ImmutableArray<CaseState> s_answered = [CaseState.Answered, CaseState.Rating];

    /// <summary>The states in which an act makes sense.</summary>
    public static ImmutableArray<CaseState> From(CaseAct act) => act switch
    {
        CaseAct.Accept => [CaseState.Filed],
        CaseAct.Refuse => [CaseState.Filed, CaseState.Accepted],
        CaseAct.Dispatch => [CaseState.Accepted],
        CaseAct.Return => [CaseState.Dispatched, CaseState.Handling],
        CaseAct.Take => [CaseState.Accepted, CaseState.Dispatched],
        CaseAct.Assign => [CaseState.Accepted, CaseState.Dispatched, CaseState.Handling],
        CaseAct.Ask or CaseAct.AskExtension or CaseAct.GrantExtension or CaseAct.DenyExtension or CaseAct.Charge or CaseAct.Paid =>
            [CaseState.Accepted, CaseState.Dispatched, CaseState.Handling],
        CaseAct.Reply or CaseAct.ApproveReply or CaseAct.RejectReply => [CaseState.Accepted, CaseState.Handling],
        CaseAct.Merge or CaseAct.Add or CaseAct.Withdraw or CaseAct.Concern => s_open,
        CaseAct.Rate => s_answered,
        CaseAct.Reopen => [.. s_answered, CaseState.Closed],
        CaseAct.TakeBack => [.. s_answered, CaseState.Closed, CaseState.Refused, CaseState.Merged],
        CaseAct.Redact or CaseAct.Publish or CaseAct.Adopt => [.. s_answered, CaseState.Closed],
        CaseAct.Note or CaseAct.Call or CaseAct.Unpublish or CaseAct.Share or CaseAct.Tick => [.. Enum.GetValues<CaseState>()],
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    /// <summary>Whether a case is for these eyes at all.</summary>
    public static bool Sees(StaffMember staff, CaseFile file)
    {
        if (file.About is not null && staff.IsOf(file.About))
            return false;
        if (file.Kind is CaseKind.Report)
            return file.Assignee == staff.Name || (file.Assignee is null && IsCentre(staff));
        return IsCentre(staff) || (staff.Is(StaffRole.Officer) && staff.IsOf(file.Department));
    }

    /// <summary>Whether an act is theirs to do. A report's extension is decided by somebody who does not see the report: by its number and the reason alone.</summary>
    public static bool Reaches(StaffMember staff, CaseFile file, CaseAct act) => Sees(staff, file)
        || (act is CaseAct.GrantExtension or CaseAct.DenyExtension && DecidesUnseen(staff, file));

    private static bool DecidesUnseen(StaffMember staff, CaseFile file) =>
        file.Kind is CaseKind.Report && IsCentre(staff) && (file.About is null || !staff.IsOf(file.About));

    /// <summary>Whether the contact is for these eyes: the centre's, and the handler's unless the citizen is anonymous.</summary>
    public static bool SeesContact(StaffMember staff, CaseFile file) =>
        Sees(staff, file) && file.HasContact && (!file.Anonymous || (IsCentre(staff) && file.Kind is not CaseKind.Report));

    /// <summary>Whether the numbers that a citizen wrote are for these eyes: an anonymous citizen's may be their own. Of a report they are evidence.</summary>
    public static bool SeesOriginal(StaffMember staff, CaseFile file) =>
        Sees(staff, file) && (!file.Anonymous || IsCentre(staff) || file.Kind is CaseKind.Report);

    /// <summary>受理中心.</summary>
    public static bool IsCentre(StaffMember staff) => staff.Is(StaffRole.Agent, StaffRole.Administrator);

    /// <param name="by">Null for the citizen and for time.</param>
    public static CaseOutcome Apply(CaseFile file, StaffMember? by, CaseAct act, CaseSetting setting)
    {
        if (by is not null && !Reaches(by, file, act))
            return No(CaseRefusal.NotFound);
        if (!From(act).Contains(file.State))
            return No(CaseRefusal.WrongState);
        if (act.Words.Length > LongestWords && act is not CaseAct.Add)
            return No(CaseRefusal.Words);
        return by is null ? CaseLife.Live(file, act, setting) : Guard(file, by, act, setting) is { } why ? No(why) : CaseHandling.Handle(file, by, act, setting);
    }

    /// <summary>Whether the button is shown: the act's words, and what else it needs, are checked when it is done.</summary>
    public static bool May(CaseFile file, StaffMember by, CaseAct act, CaseSetting setting) =>
        Sees(by, file) && From(act).Contains(file.State) && Guard(file, by, act, setting) is null or CaseRefusal.Words or CaseRefusal.ReportNeedsPerson or CaseRefusal.DecisionMissing;

    private static CaseRefusal? Guard(CaseFile file, StaffMember by, CaseAct act, CaseSetting setting)
    {
        var centre = IsCentre(by);
        // The centre handles what it kept; a department what it was given; a report whoever it was assigned to.
        var handles = file.Kind is CaseKind.Report ? file.Assignee == by.Name || (file.Assignee is null && centre)
            : file.Department is null ? centre : by.IsOf(file.Department) && by.Is(StaffRole.Officer);
        return act switch
        {
            CaseAct.Accept or CaseAct.Dispatch or CaseAct.Merge or CaseAct.Concern or CaseAct.Call or CaseAct.Redact or CaseAct.Publish
                or CaseAct.Unpublish when !centre => CaseRefusal.NotYours,
            CaseAct.Refuse when !centre => CaseRefusal.NotYours,
            // What is refused is answered, with the reason that the yearly report counts.
            CaseAct.Refuse or CaseAct.Merge when file.IsDisclosure => CaseRefusal.NotYours,
            CaseAct.Charge or CaseAct.Paid when !file.IsDisclosure || !handles => CaseRefusal.NotYours,
            CaseAct.Charge or CaseAct.Ask when file.PausedAt is not null => CaseRefusal.WrongState,
            CaseAct.Charge when file.Fee is not null => CaseRefusal.Once,
            CaseAct.Charge c when c.Fen is < 1 or > Disclosure.MostFee => CaseRefusal.Words,
            CaseAct.Paid when !file.WaitsForFee => CaseRefusal.WrongState,
            CaseAct.Ask when file.IsDisclosure && file.AskedAt is not null => CaseRefusal.Once,
            CaseAct.Return when !handles || file.Department is null => CaseRefusal.NotYours,
            CaseAct.Take or CaseAct.Ask or CaseAct.Reply or CaseAct.AskExtension when !handles => CaseRefusal.NotYours,
            CaseAct.Assign when !handles && !centre => CaseRefusal.NotYours,
            CaseAct.Dispatch d when d.Department == file.About || (d.To is { } to && !to.IsOf(d.Department)) => CaseRefusal.ReportNeedsPerson,
            CaseAct.Dispatch { To: null } when file.Kind is CaseKind.Report => CaseRefusal.ReportNeedsPerson,
            CaseAct.Dispatch { To: { } to } when file.AnsweredBy.Contains(to.Name) => CaseRefusal.SameOfficer,
            CaseAct.Return when file.Dispatches > setting.Limits.Dispatches => CaseRefusal.ReturnedTooOften,
            CaseAct.Take when file.AnsweredBy.Contains(by.Name) => CaseRefusal.SameOfficer,
            CaseAct.Take when file.Assignee is { } other && other != by.Name => CaseRefusal.NotYours,
            CaseAct.Take when file.State is CaseState.Accepted && file.Department is not null => CaseRefusal.WrongState,
            CaseAct.Assign a when file.AnsweredBy.Contains(a.To.Name) => CaseRefusal.SameOfficer,
            CaseAct.Assign a when (file.Department is not null ? !a.To.IsOf(file.Department) : !IsCentre(a.To)) => CaseRefusal.NotYours,
            CaseAct.Assign a when file.About is not null && a.To.IsOf(file.About) => CaseRefusal.ReportNeedsPerson,
            CaseAct.Reply when file.AnsweredBy.Contains(by.Name) => CaseRefusal.SameOfficer,
            CaseAct.Reply when file.ReplyPending is not null => CaseRefusal.WrongState,
            CaseAct.ApproveReply or CaseAct.RejectReply when file.ReplyPending is null => CaseRefusal.WrongState,
            CaseAct.ApproveReply when file.ReplyBy == by.Name => CaseRefusal.SamePerson,
            CaseAct.Reply r when file.IsDisclosure && Disclosure.Find(r.Decision) is not { ByTime: false } => CaseRefusal.DecisionMissing,
            CaseAct.Reply r when r.Documents.Count + r.Kept.Count is var documents && documents > (file.IsDisclosure ? ICaseDocuments.Most : 0) => CaseRefusal.TooManyDocuments,
            CaseAct.AskExtension when file.ExtensionDays is not null || file.PausedAt is not null => CaseRefusal.WrongState,
            CaseAct.AskExtension when file.Extensions > 0 => CaseRefusal.Once,
            CaseAct.AskExtension e when e.Days < 1 || e.Days > (file.IsDisclosure ? Disclosure.MostExtension : 60) => CaseRefusal.Words,
            CaseAct.GrantExtension or CaseAct.DenyExtension when file.ExtensionDays is null => CaseRefusal.WrongState,
            CaseAct.GrantExtension or CaseAct.DenyExtension when !centre => CaseRefusal.NotYours,
            CaseAct.GrantExtension when file.ExtensionBy == by.Name => CaseRefusal.SamePerson,
            CaseAct.Merge m when m.Into == file.Id || file.Kind is CaseKind.Report => CaseRefusal.NotYours,
            // A decision on a request is law: what is wrong with it is put right by another decision, not taken back. Nobody but who handles a report knows of it.
            CaseAct.TakeBack when file.IsDisclosure || !(file.Kind is CaseKind.Report ? handles : centre) => CaseRefusal.NotYours,
            CaseAct.TakeBack when setting.Now > EndedAt(file) + TimeSpan.FromDays(setting.Limits.ReopenDays) => CaseRefusal.TooLate,
            CaseAct.Call when !file.CallBackDue => CaseRefusal.WrongState,
            CaseAct.Adopt when file.Kind is not CaseKind.Suggestion || (!handles && !centre) => CaseRefusal.NotYours,
            CaseAct.Redact or CaseAct.Publish when file.Kind is CaseKind.Report => CaseRefusal.NotYours,
            CaseAct.Redact when file.Publicity is CasePublicity.No or CasePublicity.Public => CaseRefusal.WrongState,
            CaseAct.Redact r when r.Title.Length is 0 or > 60 || r.Story.Length is 0 or > 5000 || r.PublicReply.Length > 5000 => CaseRefusal.Words,
            CaseAct.Publish when file.Publicity is not CasePublicity.Ready => CaseRefusal.WrongState,
            // Nobody publishes words of their own: neither what was redacted nor what was adopted.
            CaseAct.Publish when file.PublicBy == by.Name || file.AdoptedBy == by.Name => CaseRefusal.SamePerson,
            CaseAct.Unpublish when file.Publicity is not CasePublicity.Public => CaseRefusal.WrongState,
            CaseAct.Add or CaseAct.Withdraw or CaseAct.Rate or CaseAct.Reopen or CaseAct.Share or CaseAct.Tick => CaseRefusal.NotYours,
            // Last: the button is shown where only the words are still missing.
            CaseAct.Refuse or CaseAct.Return or CaseAct.Ask or CaseAct.Reply or CaseAct.RejectReply or CaseAct.AskExtension or CaseAct.DenyExtension or CaseAct.Charge
                or CaseAct.TakeBack or CaseAct.Note or CaseAct.Call or CaseAct.Unpublish or CaseAct.Adopt when act.Words.Length == 0 => CaseRefusal.Words,
            _ => null,
        };
    }

    private static DateTimeOffset? EndedAt(CaseFile file) => file.State is CaseState.Refused or CaseState.Merged ? file.ClosedAt : file.AnsweredAt;

    private static CaseOutcome.Refused No(CaseRefusal why) => new(why);
}
