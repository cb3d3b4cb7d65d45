using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>Something that staff, the citizen or time does to a case. <see cref="CaseRules"/> decides whether it may be.</summary>
/// <param name="Words">For the citizen or for colleagues; what each act says of them.</param>
public abstract record CaseAct(string Words)
{
    /// <summary>Such as <c>ask_extension</c>: in the timeline, and behind <c>case.</c> in the audit log.</summary>
    public abstract string Name { get; }

    /// <summary>受理. <c>Words</c> may be empty.</summary>
    public sealed record Accept(string Words = "") : CaseAct(Words) { public override string Name => "accept"; }

    /// <summary>不予受理; the reason is told to the citizen.</summary>
    public sealed record Refuse(string Words) : CaseAct(Words) { public override string Name => "refuse"; }

    /// <summary>转办.</summary>
    /// <param name="To">The person; required for a report, else null leaves it to the department.</param>
    public sealed record Dispatch(string Department, StaffMember? To, string Words = "") : CaseAct(Words) { public override string Name => "dispatch"; }

    /// <summary>退单: the wrong department; the reason is for the centre.</summary>
    public sealed record Return(string Words) : CaseAct(Words) { public override string Name => "return"; }

    /// <summary>开始办理, by whoever does it.</summary>
    public sealed record Take() : CaseAct("") { public override string Name => "take"; }

    /// <summary>指派 to a colleague.</summary>
    public sealed record Assign(StaffMember To) : CaseAct("") { public override string Name => "assign"; }

    /// <summary>请市民补充; the clock stands still until they did.</summary>
    public sealed record Ask(string Words) : CaseAct(Words) { public override string Name => "ask"; }

    /// <summary>收费通知: the clock stands still until it is paid. Words: on which rule, and how to pay.</summary>
    /// <param name="Fen">1 to <see cref="Disclosure.MostFee"/>.</param>
    public sealed record Charge(int Fen, string Words) : CaseAct(Words) { public override string Name => "charge"; }

    /// <summary>The fee has come; the clock begins anew.</summary>
    public sealed record Paid() : CaseAct("") { public override string Name => "paid"; }

    /// <summary>答复.</summary>
    /// <param name="Decision">Of a request for information; else null.</param>
    public sealed record Reply(string Words, string? Decision = null) : CaseAct(Words)
    {
        public override string Name => "reply";

        /// <summary>Of a request for information: what goes out with the answer, at most <see cref="ICaseDocuments.Most"/> with those that are kept.</summary>
        public IReadOnlyList<NewDocument> Documents { get; init; } = [];

        /// <summary>Ids of documents of an answer that was sent back, which stay with this one; others go.</summary>
        public IReadOnlyList<long> Kept { get; init; } = [];
    }

    /// <summary>The answer goes out as it is.</summary>
    public sealed record ApproveReply() : CaseAct("") { public override string Name => "approve_reply"; }

    /// <summary>The answer goes back to who wrote it.</summary>
    public sealed record RejectReply(string Words) : CaseAct(Words) { public override string Name => "reject_reply"; }

    /// <summary>申请延期; the reason is told to the citizen once it is granted.</summary>
    /// <param name="Days">Working days.</param>
    public sealed record AskExtension(int Days, string Words) : CaseAct(Words) { public override string Name => "ask_extension"; }

    public sealed record GrantExtension() : CaseAct("") { public override string Name => "grant_extension"; }

    public sealed record DenyExtension(string Words) : CaseAct(Words) { public override string Name => "deny_extension"; }

    /// <summary>合并 into another case, whose progress the citizen is told of from now on.</summary>
    public sealed record Merge(long Into, string IntoNumber) : CaseAct(IntoNumber) { public override string Name => "merge"; }

    /// <summary>撤回处理: what was answered, refused or merged was a mistake of ours, and is done anew; the reason is told to the citizen.</summary>
    public sealed record TakeBack(string Words) : CaseAct(Words) { public override string Name => "take_back"; }

    /// <summary>Internal; never told.</summary>
    public sealed record Note(string Words) : CaseAct(Words) { public override string Name => "note"; }

    /// <summary>回访.</summary>
    public sealed record Call(bool Reached, string Words) : CaseAct(Words) { public override string Name => "call"; }

    /// <summary>Whom a report is about.</summary>
    public sealed record Concern(string? Department) : CaseAct("") { public override string Name => "concern"; }

    /// <summary>建议采纳: what comes of a suggestion; told to the citizen, who may let others read it. Again when more has come of it.</summary>
    public sealed record Adopt(string Words) : CaseAct(Words) { public override string Name => "adopt"; }

    /// <summary>公开: what was redacted, for a second person to approve.</summary>
    public sealed record Redact(string Title, string Story, string PublicReply) : CaseAct("") { public override string Name => "redact"; }

    public sealed record Publish() : CaseAct("") { public override string Name => "publish"; }

    public sealed record Unpublish(string Words) : CaseAct(Words) { public override string Name => "unpublish"; }

    /// <summary>The citizen adds words.</summary>
    public sealed record Add(string Words) : CaseAct(Words) { public override string Name => "add"; }

    public sealed record Withdraw(string Words) : CaseAct(Words) { public override string Name => "withdraw"; }

    /// <param name="Level">1 to 5.</param>
    public sealed record Rate(int Level, string Words) : CaseAct(Words) { public override string Name => "rate"; }

    public sealed record Reopen(string Words) : CaseAct(Words) { public override string Name => "reopen"; }

    /// <summary>The citizen lets others read it, without who they are, or no longer does.</summary>
    public sealed record Share(bool Agreed) : CaseAct("") { public override string Name => Agreed ? "share" : "unshare"; }

    /// <summary>Time does what is due: warns, tells of a breach, closes.</summary>
    public sealed record Tick() : CaseAct("") { public override string Name => "tick"; }
}

/// <summary>What an act came to.</summary>
public abstract record CaseOutcome
{
    private CaseOutcome()
    {
    }

    public sealed record Changed(CaseFile After, IReadOnlyList<CaseEntry> Entries) : CaseOutcome;

    public sealed record Refused(CaseRefusal Why) : CaseOutcome;
}

public enum CaseRefusal
{
    /// <summary>There is none, or it is not for these eyes.</summary>
    NotFound,

    /// <summary>Somebody else was quicker.</summary>
    Stale,

    /// <summary>Its state does not allow the act.</summary>
    WrongState,

    /// <summary>The role does not allow the act.</summary>
    NotYours,

    /// <summary>A second person is needed.</summary>
    SamePerson,

    /// <summary>After a reopening another officer answers.</summary>
    SameOfficer,

    /// <summary>It was returned too often: the centre assigned it for good.</summary>
    ReturnedTooOften,

    /// <summary>Reopened later than allowed.</summary>
    TooLate,

    /// <summary>Rated or extended before.</summary>
    Once,

    /// <summary>An answer to a request for information says what was decided.</summary>
    DecisionMissing,

    /// <summary>More documents than an answer takes.</summary>
    TooManyDocuments,

    /// <summary>Words are missing, or too long.</summary>
    Words,

    /// <summary>A report goes to a person, and never to whom it is about.</summary>
    ReportNeedsPerson,
}
