using Bot.Handlers.Language;

namespace Bot.Handlers.Complaints;

/// <summary>What may follow 申请公开 to be what is asked for.</summary>
public static class DisclosureDoors
{
    private const int ShortestMatter = 4;

    private static readonly string[] s_about =
        ["指南", "流程", "程序", "条件", "材料", "渠道", "方式", "电话", "目录", "平台", "系统", "期限", "时限", "费用", "收费", "制度", "范围", "条例", "规定", "办法", "年度报告", "表"];

    /// <summary>申请公开2025年幸福路改造工程的招标结果 begins a request; 申请公开流程 and 申请公开要多久 ask about requests.</summary>
    public static bool IsMatter(string words) =>
        words.TrimStart('的') is { Length: >= ShortestMatter } matter && !QuestionWords.In(matter) && !s_about.Any(a => matter.StartsWith(a, StringComparison.Ordinal));
}
