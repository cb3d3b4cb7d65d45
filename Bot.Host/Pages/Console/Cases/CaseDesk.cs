using Bot.Data.Cases;
using Bot.Handlers;
using Bot.Handlers.Complaints;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>How staff read a case.</summary>
internal static class CaseDesk
{
    public static string Excerpt(string words, int most) => Cut(words.ReplaceLineEndings(" "), most);

    /// <summary>The beginning, with its lines as they are.</summary>
    public static string Cut(string words, int most) =>
        words.Length <= most ? words : $"{words.AsSpan(0, char.IsHighSurrogate(words[most - 1]) ? most - 1 : most)}…";

    /// <summary>The style of the state's badge.</summary>
    public static string Tone(CaseFile file) => file.State switch
    {
        _ when file.State.IsOpen && file.Escalation == 2 => "bad",
        _ when file.State.IsOpen && file.Escalation == 1 => "warn",
        CaseState.Filed => "info",
        CaseState.Closed or CaseState.Rating or CaseState.Answered => "good",
        _ => "",
    };

    /// <summary>The day or the hour of the answer: in a list of years an hour of another year says which.</summary>
    public static string By(CaseFile file, DateTimeOffset now)
    {
        var (words, year) = (CaseDates.By(file.AnswerBy), Beijing.DateOf(file.AnswerBy).Year);
        return year == Beijing.DateOf(now).Year || words.Contains('年', StringComparison.Ordinal) ? words : $"{year}年{words}";
    }

    /// <summary>How urgent an open case is, in words: a colour alone does not tell everybody. Null while days are left, or the clock stands still.</summary>
    public static (string Words, string Tone)? Urgency(CaseFile file, DateTimeOffset now) => !file.State.IsOpen || file.PausedAt is not null ? null : (file.AnswerBy - now) switch
    {
        { Ticks: <= 0 } over => (over.Days < 0 ? $"已超期 {-over.Days} 天" : "已超期", "bad"),
        { TotalHours: < 1 } => ("不到 1 小时", "warn"),
        { TotalHours: < 24 } left => ($"还剩 {(int)left.TotalHours} 小时", "warn"),
        _ => null,
    };

    public static string Why(CaseRefusal why) => why switch
    {
        CaseRefusal.NotFound => "没有这件工单，或不在您的权限内。合并时请核对目标工单的编号。",
        CaseRefusal.Stale => "这件工单刚被他人处理过，下面是最新情况，请核对后再操作。",
        CaseRefusal.WrongState => "工单现在的状态不能这样操作。",
        CaseRefusal.NotYours => "这一步由承办人员或受理中心操作。",
        CaseRefusal.SamePerson => "需要另一位同事审核，不能审核自己提交的内容。",
        CaseRefusal.SameOfficer => "重新办理的工单要换一位办理人员。",
        CaseRefusal.ReturnedTooOften => "这件工单已多次转办，由受理中心指定办理，不能再退单。",
        CaseRefusal.TooLate => "已超过可以重新办理的时间。",
        CaseRefusal.Once => "这一步每件只能做一次：延期、请申请人补正、收费通知都是如此。",
        CaseRefusal.DecisionMissing => "请选择办理结果，再写答复内容。",
        CaseRefusal.TooManyDocuments => $"只有依申请公开的答复可以带附件，最多 {ICaseDocuments.Most} 个。",
        CaseRefusal.Words => "请填写完整，最多3000字；延期天数为1至60个工作日，依申请公开最多20个；收费金额须大于0。",
        CaseRefusal.ReportNeedsPerson => "举报件要指定到人，且不能转给被举报单位；指定的人员须属于所选部门。",
    };
}
