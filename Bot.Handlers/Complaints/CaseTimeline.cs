using System.Text;
using Bot.Data.Cases;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>A case in plain words, as its citizen reads it.</summary>
public sealed class CaseTimeline(CaseCatalogue catalogue)
{
    private const int Lines = 6;
    private const int LongestLine = 40;
    private const int LongestReply = 160;

    private static readonly Text s_head = Text.Of("case.view");
    private static readonly Text s_paused = Text.Of("case.view-paused");
    private static readonly Text s_fee = Text.Of("open.view-fee");
    private static readonly Text s_decision = Text.Of("open.view-decision");
    private static readonly Text s_due = Text.Of("case.view-due");
    private static readonly Text s_late = Text.Of("case.view-late");
    private static readonly Text s_reply = Text.Of("case.view-reply");
    private static readonly Text s_steps = Text.Of("case.view-steps");
    private static readonly Text s_joined = Text.Of("case.view-joined");

    /// <summary>Whether the look at a case shows an answer's beginning only.</summary>
    public static bool IsCut(string reply) => reply.ReplaceLineEndings(" ").Trim().Length > LongestReply;

    public string Write(CitizenCase found, DateTimeOffset now)
    {
        var file = found.File;
        var words = new StringBuilder(s_head.Say(
            file.Number, file.Kind.Shown, catalogue.Find(file.Category)?.Name ?? "", file.State.Shown,
            file.State is CaseState.Filed ? "" : $"（{catalogue.NameOf(file.Department)}）"));
        if (!found.Owner)
            words.Append('\n').Append(s_joined.Say());
        if (file.State.IsOpen)
        {
            words.Append('\n').Append(file.WaitsForFee ? s_fee.Say(CaseDates.Yuan(file.Fee), CaseDates.By(file.WaitUntil!.Value)) : file.PausedAt is not null
                ? s_paused.Say(found.Owner ? CaseQuestions.Excerpt(found.Timeline.LastOrDefault(e => e.Act == "ask")?.Words ?? "", LongestReply) : "")
                : (file.AnswerBy <= now ? s_late : s_due).Say(CaseDates.By(file.AnswerBy)));
        }

        if (found.Owner && !file.State.IsOpen && Disclosure.Find(file.Decision) is { } decision)
            words.Append('\n').Append(s_decision.Say(decision.Shown));
        if (found.Owner && file.Reply is { } reply && !file.State.IsOpen)
            words.Append('\n').Append(s_reply.Say(CaseQuestions.Excerpt(reply, LongestReply)));
        words.Append('\n').Append(s_steps.Say());
        foreach (var entry in found.Timeline.Skip(Math.Max(0, found.Timeline.Count - Lines)))
        {
            var detail = found.Owner && entry.Act is "refuse" or "take_back" or "ask" or "grant_extension" or "add" or "rate" or "charge" ? entry.Words : "";
            words.Append('\n').Append(CaseDates.At(entry.At)).Append(' ').Append(Step(entry));
            if (detail.Length > 0)
                words.Append('：').Append(CaseQuestions.Excerpt(detail, LongestLine));
        }

        return words.ToString();
    }

    /// <summary>One step, as citizens and staff read it.</summary>
    public string Step(CaseEntry entry) => entry.Act switch
    {
        "file" => "已提交",
        "accept" => "已受理",
        "refuse" => "不予受理",
        "dispatch" => $"已转办：{catalogue.NameOf(entry.Department)}",
        "return" => "退单",
        "take" => "开始办理",
        "assign" => "指派",
        "ask" => "请补充情况",
        "charge" => "发出收费通知",
        "paid" => "已缴费",
        "give_up" => "逾期未补正或未缴费，不再处理",
        "reply" when !entry.Shown => "拟定答复，待审核",
        "reply" or "approve_reply" => "已答复",
        "reject_reply" => "答复退回修改",
        "ask_rating" => "待评价",
        "ask_extension" => "申请延期",
        "grant_extension" => "答复延期",
        "deny_extension" => "不同意延期",
        "merge" => "已合并到同类工单",
        "take_back" => "撤回处理，重新办理",
        "note" => "备注",
        "call" => "回访",
        "concern" => "标注被举报单位",
        "adopt" => "建议已采纳",
        "share" => "同意公开",
        "unshare" => "不再公开",
        "redact" => "拟定公开内容",
        "publish" => "已公开",
        "unpublish" => "撤下公开",
        "add" => "补充说明",
        "withdraw" => "已撤回",
        "rate" => "评价",
        "reopen" => "重新办理",
        "join" => "有市民加入",
        "warn" => "临近期限",
        "overdue" => "超过期限，已催办",
        "close" => "已办结",
        _ => entry.State.Shown,
    };
}
