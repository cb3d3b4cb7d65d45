using System.Text.Json;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.WeChat;

namespace Bot.Host.Content;

/// <summary>One open survey in demo mode, with some answers, so that its results are to be seen.</summary>
internal sealed class DemoSurveys(ISurveyDesk desk, ISurveys surveys, TimeProvider clock) : IDemoPart
{
    private const int Days = 30;

    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "Demo", "survey.json");
    private static readonly StaffMember s_demo = new(0, "system:demo", "演示", [], null);

    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await desk.ListAsync("", 1, 1, ct)).Total > 0)
            return;
        var entry = JsonSerializer.Deserialize<Entry>(await File.ReadAllTextAsync(s_file, ct), JsonSerializerOptions.Web)!;
        var questions = SurveyQuestion.Read(entry.Questions.GetRawText());
        var now = clock.GetUtcNow();
        if (await desk.SaveAsync(new(0, entry.Title, entry.Intro, entry.Keyword, Anonymous: true, Editable: false, SurveyAudience.All, now, now.AddDays(Days), null, 0, null, null, s_demo.Name, 0), s_demo, ct)
                is not SurveySaved.Saved saved
            || await desk.SaveQuestionsAsync(saved.Id, 1, questions, s_demo, ct) is not SurveySaved.Saved
            || await desk.PublishAsync(saved.Id, 2, s_demo, ct) is not SurveySaved.Saved)
        {
            return;                             // another host is at it
        }

        for (var i = 0; i < entry.Answers.Count; i++)
        {
            await surveys.SubmitAsync(new(saved.Id, 1, new OpenId($"demo-{i}"), Guid.NewGuid(), Replies(entry.Answers[i], questions.Count)), ct);
        }
    }

    private static SurveyReplies Replies(JsonElement answer, int questions)
    {
        SurveyReplies replies = new(new long[questions], new decimal?[questions], new string?[questions]);
        for (var q = 0; q < questions; q++)
        {
            var given = answer[q];
            if (given.ValueKind is JsonValueKind.Array)
                replies.Picks[q] = given.EnumerateArray().Sum(option => 1L << option.GetInt32());
            else if (given.ValueKind is JsonValueKind.String)
                replies.Texts[q] = given.GetString();
        }

        return replies;
    }

    /// <param name="Answers">Of each question the places of its options, or words, or null.</param>
    private sealed record Entry(string Title, string Intro, string Keyword, JsonElement Questions, IReadOnlyList<JsonElement> Answers);
}
