using Bot.Data.Performance;

namespace Bot.Handlers.Participation;

/// <summary>A public figure: what it is called, how it is counted, and its values.</summary>
/// <param name="Unit">件, 篇, 处, 条, 人次, 次, 天, 分钟 or %.</param>
/// <param name="Groups">What it is broken down by; empty for nothing.</param>
public sealed record PerformanceFigure(string Code, string Topic, string Title, string Unit, string Groups, string Definition)
{
    public IReadOnlyList<PerformanceValue> Values { get; init; } = [];

    /// <returns>Of all together; null for a month without anything to count.</returns>
    public PerformanceValue? In(DateOnly month, string group = "") => Values.FirstOrDefault(v => v.Month == month && v.Group == group);

    public IReadOnlyList<string> Names => [.. Values.Select(v => v.Group).Where(g => g.Length > 0).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>What the figures mean, in the order in which they are shown.</summary>
internal static class PerformanceFigures
{
    public static IReadOnlyList<PerformanceFigure> All { get; } =
    [
        new("cases.filed", "诉求办理", "收到诉求", "件", "部门",
            "当月收到的投诉、举报、咨询、建议、求助、表扬和政府信息公开申请，含不予受理和重复的；部门按现在办理的部门计，举报不分部门。"),
        new("cases.kind", "诉求办理", "收到诉求（按类型）", "件", "类型", "当月收到的诉求，按提交时选择的类型计。"),
        new("cases.in_time", "诉求办理", "按时答复率", "%", "部门",
            "当月到答复期限的诉求中，在期限之前作出答复的比例；重新办理的，每一次都要在期限之前答复。期限按工作日计算，节假日和调休以国务院公布的为准；不予受理、重复、撤回和等待市民补充的不计。"),
        new("cases.days_median", "诉求办理", "答复用时（中位数）", "天", "部门", "当月作出答复的诉求，从提交到答复的自然日数，按从短到长排在正中间的那一件。"),
        new("cases.days_p90", "诉求办理", "答复用时（九成以内）", "天", "部门", "当月作出答复的诉求中，有九成在这么多自然日之内得到答复。"),
        new("cases.satisfied", "诉求办理", "满意率", "%", "部门", "当月收到的评价中“非常满意”“满意”和“基本满意”所占的比例，计入作出答复的部门；没有评价的诉求和申诉成立的误评不计。"),
        new("bookings.made", "预约办事", "预约", "人次", "部门", "当月提交成功的预约，含后来取消的；候补没有约上的不计。"),
        new("bookings.kept", "预约办事", "到场率", "%", "部门", "预约时间在当月的预约中，到场办理的比例；取消的和因窗口调整改约的不计。"),
        new("visits.wait_median", "预约办事", "等候叫号（中位数）", "分钟", "大厅", "当月到大厅取号的市民，从取号到第一次叫号的分钟数，按从短到长排在正中间的那一位。"),
        new("visits.satisfied", "预约办事", "现场满意率", "%", "大厅", "当月收到的现场办理评价中“非常满意”“满意”和“基本满意”所占的比例；没有评价的和申诉成立的误评不计。"),
        new("searches.asked", "政策查询", "提问", "次", "", "当月市民在公众号里用自己的话提出的问题；翻页和点选菜单不计。"),
        new("searches.answered", "政策查询", "找到答案的比例", "%", "", "上述提问中，给出了答案、且市民没有表示“没有帮助”或“都不是”的比例。"),
        new("articles.published", "信息公开", "公开信息", "篇", "栏目", "当月首次公开的文章，含后来撤下的；更正不重复计数。"),
        new("articles.in_time", "信息公开", "按时公开率", "%", "栏目",
            "当月首次公开、且写明形成日期的文章中，从形成日期到公开不超过该栏目规定工作日数的比例。"),
        new("articles.silence", "信息公开", "最长未更新", "天", "栏目", "当月内栏目从上一次公开起没有新信息的最长天数，当月没有更新的算到月末（本月算到今天）；合计取各栏目中最长的。"),
        new("articles.faults", "信息公开", "失效链接和缺失附件", "处", "", "最近一次夜间检查发现的、公开文章中打不开的链接和缺失的文件；只列现在的数。"),
        new("documents.lapsing", "信息公开", "30 天内到期", "篇", "类别", "公开的文章和政策中，写明了失效日期、且在今后 30 天内到期的；只列现在的数。"),
        new("notices.sent", "服务通知", "单条通知", "条", "", "当月交给微信发送的单条通知（如办理进度、预约提醒），不含群发和测试。"),
        new("notices.within_10s", "服务通知", "10 秒内发出", "%", "",
            "当月到发送时间的单条通知中，从收到发送请求（定时通知从约定时间）到交给微信不超过 10 秒的比例；没有发出的也计入，取消的不计。"),
    ];
}
