namespace Bot.Handlers.Complaints;

/// <summary>What may follow 投诉 to be the beginning of one.</summary>
public static class CaseDoors
{
    private const int ShortestMatter = 3;

    private static readonly string[] s_questions = ["电话", "热线", "怎么", "如何", "哪里", "哪儿", "什么", "多少", "流程", "方式", "渠道", "吗", "进度", "结果", "条例", "办法", "规定"];

    /// <summary>投诉路灯不亮 begins one; 投诉电话是多少 asks for something.</summary>
    public static bool IsMatter(string words) => words.Length >= ShortestMatter && !s_questions.Any(q => words.Contains(q, StringComparison.Ordinal));
}
