using Bot.Handlers.Language;

namespace Bot.Handlers.Policies;

/// <summary>What a question is about; its card leads with the answer.</summary>
public enum PolicyAspect { None, Who, Materials, Steps, Place, Fee, Time }

public static class PolicyAspects
{
    // The first that occurs decides, so the particular stands before the general: 多少钱 before 多少, 在哪 before 怎么.
    private static readonly (string Word, PolicyAspect Aspect)[] s_words =
    [
        ("材料", PolicyAspect.Materials), ("带什么", PolicyAspect.Materials), ("证件", PolicyAspect.Materials), ("资料", PolicyAspect.Materials),
        ("准备什么", PolicyAspect.Materials), ("准备啥", PolicyAspect.Materials), ("带啥", PolicyAspect.Materials), ("带哪些", PolicyAspect.Materials), ("拿什么", PolicyAspect.Materials),
        ("手续", PolicyAspect.Materials),
        ("多少钱", PolicyAspect.Fee), ("收费", PolicyAspect.Fee), ("费用", PolicyAspect.Fee), ("要钱", PolicyAspect.Fee), ("免费", PolicyAspect.Fee),
        ("多久", PolicyAspect.Time), ("多少天", PolicyAspect.Time), ("几天", PolicyAspect.Time), ("时限", PolicyAspect.Time), ("多长时间", PolicyAspect.Time), ("什么时候能", PolicyAspect.Time),
        ("哪里", PolicyAspect.Place), ("在哪", PolicyAspect.Place), ("去哪", PolicyAspect.Place), ("哪儿", PolicyAspect.Place), ("地点", PolicyAspect.Place), ("地址", PolicyAspect.Place),
        ("条件", PolicyAspect.Who), ("资格", PolicyAspect.Who), ("符合什么", PolicyAspect.Who), ("谁能", PolicyAspect.Who), ("能不能", PolicyAspect.Who),
        ("流程", PolicyAspect.Steps), ("步骤", PolicyAspect.Steps), ("怎么办理", PolicyAspect.Steps), ("怎么申请", PolicyAspect.Steps), ("咋办", PolicyAspect.Steps), ("如何办", PolicyAspect.Steps),
    ];

    public static PolicyAspect Of(string question)
    {
        foreach (var (word, aspect) in s_words)
        {
            if (question.Contains(word, StringComparison.Ordinal))
                return aspect;
        }

        return PolicyAspect.None;
    }

    /// <summary>What is asked of the document that was just read: 要多少钱 names none itself.</summary>
    /// <returns>None for a question that speaks of something, too.</returns>
    public static PolicyAspect Alone(string question)
    {
        var rest = question;
        foreach (var (word, _) in s_words)
            rest = rest.Replace(word, " ", StringComparison.Ordinal);
        return BareQuestion.Of(rest) switch
        {
            "" => Of(question),
            "怎么" or "如何" or "咋" => PolicyAspect.Steps,
            "网上" or "线上" or "哪" => PolicyAspect.Place,
            _ => PolicyAspect.None,
        };
    }
}
