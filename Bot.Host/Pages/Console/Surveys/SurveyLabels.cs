using System.Globalization;
using Bot.Data.Surveys;

namespace Bot.Host.Pages.Console;

/// <summary>What staff call the parts of a survey.</summary>
public static class SurveyLabels
{
    public static string Of(SurveyState state) => state switch
    {
        SurveyState.Draft => "未发布",
        SurveyState.Waiting => "未开始",
        SurveyState.Open => "进行中",
        SurveyState.Closed => "已结束",
    };

    public static string Tone(SurveyState state) => state switch
    {
        SurveyState.Draft => "warn",
        SurveyState.Waiting => "info",
        SurveyState.Open => "good",
        SurveyState.Closed => "",
    };

    public static string Of(SurveyKind kind) => kind switch
    {
        SurveyKind.Single => "单选",
        SurveyKind.Multiple => "多选",
        SurveyKind.Rating => "评分",
        SurveyKind.Number => "数字",
        SurveyKind.Text => "文本",
    };

    public static string Of(SurveyAudience audience) => audience.Kind == SurveyAudience.Everyone ? "全部市民" : audience.Words;

    /// <param name="all">The survey's questions.</param>
    public static string Of(SurveyCondition when, IReadOnlyList<SurveyQuestion> all) =>
        $"第 {all.Index().Where(q => q.Item.Key == when.Question).Select(q => q.Index + 1).FirstOrDefault()} 题选了“{string.Join("”或“", when.Any)}”";

    public static string Share(double share) => share.ToString("0.0", CultureInfo.InvariantCulture) + "%";

    public static string Mean(decimal mean) => mean.ToString("0.00", CultureInfo.InvariantCulture);
}
