using System.Collections.Immutable;

namespace Bot.Data.Notices;

/// <summary>What somebody may do to a notice.</summary>
public enum NoticeAct
{
    /// <summary>提交审核.</summary>
    Submit,

    /// <summary>退回: the approver hands it back to its maker.</summary>
    Return,

    /// <summary>审核通过, by somebody other than the maker.</summary>
    Approve,

    /// <summary>Sends now, or at the scheduled time.</summary>
    Start,
    Pause,
    Resume,

    /// <summary>What was not handed to WeChat yet is not sent.</summary>
    Cancel,

    /// <summary>A draft that was written anew gives way to the new one.</summary>
    Replace,
}

/// <summary>draft → submitted → approved → scheduled → sending ⇄ paused → done, and cancelled from any but the ends.</summary>
public static class NoticeLifeCycle
{
    public static bool Allows(NoticeStatus status, NoticeAct act) => From(act).Contains(status);

    internal static ImmutableArray<NoticeStatus> From(NoticeAct act) => act switch
    {
        NoticeAct.Submit => [NoticeStatus.Draft],
        NoticeAct.Return => [NoticeStatus.Submitted],
        NoticeAct.Approve => [NoticeStatus.Submitted],
        NoticeAct.Start => [NoticeStatus.Approved],
        NoticeAct.Pause => [NoticeStatus.Sending],
        NoticeAct.Resume => [NoticeStatus.Paused],
        NoticeAct.Cancel =>
        [
            NoticeStatus.Draft, NoticeStatus.Submitted, NoticeStatus.Approved, NoticeStatus.Scheduled, NoticeStatus.Sending, NoticeStatus.Paused,
        ],
        NoticeAct.Replace => [NoticeStatus.Draft],
    };
}

/// <summary>What an act came to.</summary>
/// <param name="Status">The notice's status afterwards; null when there is no such notice.</param>
public sealed record NoticeChange(NoticeChangeKind Kind, NoticeStatus? Status = null)
{
    public bool Ok => Kind is NoticeChangeKind.Changed;
}

public enum NoticeChangeKind
{
    Changed,
    NotFound,

    /// <summary>Its status does not allow the act; somebody else may have been quicker.</summary>
    WrongStatus,

    /// <summary>Nobody approves their own notice.</summary>
    SamePerson,

    /// <summary>The scheduled time is more than seven days after the notice was made.</summary>
    TooFarAhead,
}
