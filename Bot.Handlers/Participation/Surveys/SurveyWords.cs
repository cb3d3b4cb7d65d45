using Bot.Data.Surveys;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>What is said before the first question.</summary>
internal static class SurveyWords
{
    private static readonly Text s_lead = Text.Of("survey.lead");
    private static readonly Text s_anonymous = Text.Of("survey.anonymous");
    private static readonly Text s_named = Text.Of("survey.named");

    public static string Lead(Survey survey, SurveyVersion version)
    {
        var lead = s_lead.Say(survey.Title, version.Questions.Count, survey.Anonymous ? s_anonymous.Say() : s_named.Say());
        return survey.Intro.Length == 0 ? lead : $"{lead}\n{survey.Intro}";
    }
}
