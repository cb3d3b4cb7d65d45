using Bot.Data.Surveys;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>Whether questions can be asked as they stand; says in words for staff what is wrong.</summary>
public static class SurveyCheck
{
    public static IEnumerable<string> Faults(IReadOnlyList<SurveyQuestion> questions)
    {
        if (questions.Count == 0)
            yield return "还没有题目，请先添加题目。";
        if (questions.Count > SurveyQuestion.Most)
            yield return $"最多 {SurveyQuestion.Most} 题。";
        for (var i = 0; i < questions.Count; i++)
        {
            if (Fault(questions[i], [.. questions.Take(i)]) is { } fault)
                yield return $"第 {i + 1} 题：{fault}";
        }
    }

    /// <param name="above">The questions before it.</param>
    public static string? Fault(SurveyQuestion question, IReadOnlyList<SurveyQuestion> above)
    {
        if (question.Text.Length is 0 or > SurveyQuestion.LongestText)
            return $"请填写题目，最多 {SurveyQuestion.LongestText} 字。";
        if (question.HasOptions)
        {
            var most = question.Kind switch { SurveyKind.Single => SurveyQuestion.MostOptions, SurveyKind.Multiple => SurveyQuestion.MostChoices, _ => 9 };
            if (question.Options.Count < 2 || question.Options.Count > most)
                return $"请填写 2 至 {most} 个选项，一行一个。";
            if (question.Options.FirstOrDefault(o => o.Length > SurveyQuestion.LongestOption) is { } tooLong)
                return $"选项“{tooLong}”太长，最多 {SurveyQuestion.LongestOption} 字，否则手机上显示不全。";
            if (question.Options.GroupBy(o => o).FirstOrDefault(g => g.Count() > 1) is { } twice)
                return $"选项“{twice.Key}”写了两次。";
        }

        if (question.Least > question.Greatest)
            return "最小值不能大于最大值。";
        if (question.When is not { } when)
            return null;
        if (above.FirstOrDefault(q => q.Key == when.Question) is not { HasOptions: true } earlier)
            return "出现条件引用的题目不在它的前面，请重新选择出现条件。";
        return when.Any.FirstOrDefault(o => !earlier.Options.Contains(o)) is { } gone ? $"出现条件里的选项“{gone}”已经不在了，请重新选择出现条件。" : null;
    }
}
