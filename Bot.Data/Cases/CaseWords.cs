namespace Bot.Data.Cases;

/// <summary>What a citizen files.</summary>
public enum CaseKind
{
    /// <summary>投诉.</summary>
    Complaint,

    /// <summary>举报: seen by nobody but those it is assigned to.</summary>
    Report,

    /// <summary>咨询.</summary>
    Enquiry,

    /// <summary>建议.</summary>
    Suggestion,

    /// <summary>求助.</summary>
    Help,

    /// <summary>表扬.</summary>
    Praise,

    /// <summary>依申请公开: has a form, a clock and an answer of its own; see <see cref="Disclosure"/>.</summary>
    Disclosure,
}

/// <summary>Where a case stands; <see cref="CaseRules"/> tells the ways between.</summary>
public enum CaseState
{
    /// <summary>待受理.</summary>
    Filed,

    /// <summary>已受理.</summary>
    Accepted,

    /// <summary>已转办: at a department, which has not begun.</summary>
    Dispatched,

    /// <summary>办理中.</summary>
    Handling,

    /// <summary>已答复: answered, and nobody is asked for a rating (any more).</summary>
    Answered,

    /// <summary>待评价: answered, and the citizen is asked for a rating.</summary>
    Rating,

    /// <summary>已办结.</summary>
    Closed,

    /// <summary>不予受理.</summary>
    Refused,

    /// <summary>已合并 into another case.</summary>
    Merged,

    /// <summary>已撤回 by the citizen.</summary>
    Withdrawn,
}

public enum CasePublicity
{
    No,

    /// <summary>The citizen agreed to it.</summary>
    Wish,

    /// <summary>Redacted, and waits for a second person.</summary>
    Ready,
    Public,
}

public static class CaseKindWords
{
    extension(CaseKind kind)
    {
        /// <summary>As the database and commands spell it.</summary>
        public string Stored => kind.ToString().ToLowerInvariant();

        public string Shown => kind switch
        {
            CaseKind.Complaint => "投诉",
            CaseKind.Report => "举报",
            CaseKind.Enquiry => "咨询",
            CaseKind.Suggestion => "建议",
            CaseKind.Help => "求助",
            CaseKind.Praise => "表扬",
            CaseKind.Disclosure => "依申请公开",
        };
    }
}

public static class CaseStateWords
{
    extension(CaseState state)
    {
        public string Stored => state.ToString().ToLowerInvariant();

        public string Shown => state switch
        {
            CaseState.Filed => "待受理",
            CaseState.Accepted => "已受理",
            CaseState.Dispatched => "已转办",
            CaseState.Handling => "办理中",
            CaseState.Answered => "已答复",
            CaseState.Rating => "待评价",
            CaseState.Closed => "已办结",
            CaseState.Refused => "不予受理",
            CaseState.Merged => "已合并",
            CaseState.Withdrawn => "已撤回",
        };

        /// <summary>Somebody still has to do something for the citizen.</summary>
        public bool IsOpen => state is CaseState.Filed or CaseState.Accepted or CaseState.Dispatched or CaseState.Handling;
    }
}

public static class CasePublicityWords
{
    extension(CasePublicity publicity)
    {
        public string Stored => publicity.ToString().ToLowerInvariant();
    }
}

public static class CaseWords
{
    /// <returns>Null for a word that names no kind.</returns>
    public static CaseKind? ReadKind(string word)
    {
        foreach (var kind in Enum.GetValues<CaseKind>())
        {
            if (word == kind.Stored || word == kind.Shown)
                return kind;
        }

        return null;
    }

    /// <summary>好差评, from 1 to 5.</summary>
    public static string Level(int rating) => rating switch
    {
        1 => "非常不满意",
        2 => "不满意",
        3 => "基本满意",
        4 => "满意",
        5 => "非常满意",
        _ => throw new ArgumentOutOfRangeException(nameof(rating)),
    };
}
