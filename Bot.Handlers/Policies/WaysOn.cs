using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Policies;

/// <summary>Where to go when no document answers: to be told later, to a clerk who writes, to the categories, to the desk.</summary>
public sealed class WaysOn(RouteTable routes)
{
    // A tracked case, if this release takes them.
    private const string Case = "case.file";

    private static readonly Text s_matter = Text.Of("policy.matter");
    private static readonly Text s_file = Text.Of("policy.file");
    private static readonly Text s_wait = Text.Of("policy.wait");
    private static readonly Text s_enquiry = Text.Of("policy.enquiry");
    private static readonly Choice[] s_always =
    [
        new(Text.Of("policy.browse").Say(), "policy"),
        new(Text.Of("policy.human").Say(), "human"),
    ];

    /// <summary>For words that found nothing but tell of a problem, such as 路灯坏了三天: a complaint in these words first.</summary>
    public static Answer ForMatter(string category, string told)
    {
        List<Choice> ways = [new(s_file.Say(), $"{Case} 投诉 {told}"), new(s_enquiry.Say(), $"{Case} 咨询 {told}")];
        return NumberedList.Page(s_matter.Say(category), [.. ways, .. s_always], 0);
    }

    /// <param name="question">The question that found no answer; empty when it is not known.</param>
    public Answer Under(Text lead, string question = "")
    {
        List<Choice> ways = [];
        if (question.Length > 0)
            ways.Add(new(s_wait.Say(), $"{AnswerWaiting.Route} {question}"));
        if (routes.Command(Case) is not null)
            ways.Add(new(s_enquiry.Say(), $"{Case} 咨询 {question}".TrimEnd()));
        return NumberedList.Page(lead.Say(), [.. ways, .. s_always], 0);
    }
}
