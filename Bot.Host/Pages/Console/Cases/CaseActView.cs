using Bot.Data.Cases;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>One thing that may be done to a case, as a form.</summary>
/// <param name="Name">As <see cref="CaseAct.Name"/>.</param>
/// <param name="Hint">What the words are for; null: no words are asked for.</param>
internal sealed record CaseActView(CaseFilePage Page, string Name, string Title, string? Hint, bool Danger = false, bool Open = false)
{
    /// <summary>Opens it; only what is done day by day has one.</summary>
    public string? Key => Keys.FirstOrDefault(k => k.Act == Name).Key;

    public static (string Key, string Act, string Words)[] Keys { get; } =
    [
        ("a", "accept", "受理"), ("d", "dispatch", "转办"), ("t", "take", "开始办理"), ("r", "reply", "答复"), ("q", "ask", "请市民补充"), ("v", "approve_reply", "通过答复"),
        ("n", "note", "内部备注"),
    ];

    /// <summary>Of the words, when something stands there already.</summary>
    public string Words { get; init; } = "";

    /// <summary>What may be done now, the most likely first.</summary>
    public static IEnumerable<CaseActView> Of(CaseFilePage page)
    {
        // Anybody who could be given it where it is.
        var none = new Bot.Data.Staff.StaffMember(0, "", "", [Bot.Data.Staff.StaffRole.Agent], page.Current.Department);
        var request = page.Current.IsDisclosure;
        (CaseAct Act, string Title, string? Hint, bool Danger)[] all =
        [
            (new CaseAct.Accept(), "受理", null, false),
            (new CaseAct.ApproveReply(), "通过答复并发给市民", null, false),
            (new CaseAct.RejectReply(""), "退回修改答复", "修改意见", false),
            (new CaseAct.GrantExtension(), "同意延期", null, false),
            (new CaseAct.DenyExtension(""), "不同意延期", "原因", false),
            (new CaseAct.Call(true, ""), "登记回访", "回访情况", false),
            (new CaseAct.Dispatch("", null), "转办", "给承办部门的话（可不填）", false),
            (new CaseAct.Take(), "开始办理", null, false),
            (new CaseAct.Paid(), "登记已缴费", null, false),
            (new CaseAct.Reply(""), request ? "答复申请人" : "答复市民", request ? "答复内容：信息内容或提供方式；不予公开、无法提供的写明理由和依据" : "答复内容，会原样发给市民", false),
            (new CaseAct.Ask(""), request ? "请申请人补正" : "请市民补充",
                request ? "需要补正什么，会原样发给申请人。只能一次性告知，应在收到申请后7个工作日内发出" : "需要补充什么，会原样发给市民", false),
            (new CaseAct.Charge(0, ""), "发出收费通知", "收费依据和缴纳方式，会原样发给申请人；缴费前期限暂停", false),
            (new CaseAct.Assign(none), "指派", null, false),
            (new CaseAct.AskExtension(1, ""), "申请延期", "延期原因，批准后会告诉市民", false),
            (new CaseAct.Adopt(""), page.Current.Adopted is null ? "采纳建议" : "更新采纳情况", "采纳了什么、落实得怎么样，会告诉市民；市民同意并审核后公开，请不要写个人信息", false),
            (new CaseAct.Redact("", "", ""), "拟定公开内容", "公开的内容：请核对人名、号码、地址都已隐去", false),
            (new CaseAct.Publish(), "审核公开", null, false),
            (new CaseAct.Unpublish(""), "撤下公开", "原因", true),
            (new CaseAct.Return(""), "退单", "退单原因", true),
            (new CaseAct.Merge(-1, ""), "合并到另一件", null, true),
            (new CaseAct.Refuse(""), "不予受理", "原因，会原样发给市民", true),
            (new CaseAct.TakeBack(""), "撤回处理，重新办理", "哪里办错了，会原样发给市民", true),
            (new CaseAct.Concern(null), "标注被举报单位", null, false),
            (new CaseAct.Note(""), "内部备注", "只有同事看得到", false),
        ];
        var open = true;
        foreach (var (act, title, hint, danger) in all)
        {
            if ((act is CaseAct.Concern && page.Current.Kind is not CaseKind.Report) || !page.May(act))
                continue;
            // Nothing that cannot be undone lies open.
            yield return new(page, act.Name, title, hint, danger, open && !danger);
            open = open && danger;
        }
    }
}
