using Bot.Handlers.Language;

namespace Bot.Handlers.Complaints;

/// <summary>What may follow 投诉 to be the beginning of one.</summary>
public static class CaseDoors
{
    private const int ShortestMatter = 2;

    // Whoever writes more tells what happened, though they ask something in it: 楼上天天装修，怎么没人管.
    private const int LongestQuestion = 16;

    private static readonly string[] s_matters =
        ["电话", "热线", "方式", "渠道", "进度", "结果", "条例", "办法", "规定", "中心", "平台", "网站", "指南", "须知", "信箱", "邮箱", "部门", "记录", "查询", "编号", "回复", "处理", "受理", "奖励"];

    /// <summary>投诉路灯不亮 begins one; 投诉电话是多少 asks for something.</summary>
    public static bool IsMatter(string words) =>
        words.Length > LongestQuestion || (words.Length >= ShortestMatter && !QuestionWords.In(words) && !s_matters.Any(m => IsAbout(words, m)));

    // 投诉电话, 投诉食品安全的电话; but 物业电话打不通 is a matter.
    private static bool IsAbout(string words, string matter) =>
        words.StartsWith(matter, StringComparison.Ordinal) || words.EndsWith(matter, StringComparison.Ordinal);
}
