using Bot.Handlers.Language;

namespace Bot.Handlers.Complaints;

/// <summary>What may follow 投诉 to be the beginning of one.</summary>
public static class CaseDoors
{
    private const int ShortestMatter = 3;

    private static readonly string[] s_matters = ["电话", "热线", "方式", "渠道", "进度", "结果", "条例", "办法", "规定"];

    /// <summary>投诉路灯不亮 begins one; 投诉电话是多少 asks for something.</summary>
    public static bool IsMatter(string words) =>
        words.Length >= ShortestMatter && !QuestionWords.In(words) && !s_matters.Any(m => words.Contains(m, StringComparison.Ordinal));
}
