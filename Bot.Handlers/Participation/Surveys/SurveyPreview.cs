using Bot.Data.Surveys;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>Plays a survey as a citizen will meet it; nothing is counted.</summary>
public sealed class SurveyPreview(TimeProvider clock)
{
    private static readonly Text s_end = Text.Of("survey.preview-end");
    private static readonly Text s_other = Text.Of("survey.preview-other");

    /// <param name="said">All that was typed so far, in order.</param>
    public async Task<SurveyPlay> PlayAsync(Survey survey, IReadOnlyList<SurveyQuestion> questions, IReadOnlyList<string> said, CancellationToken ct)
    {
        SurveyVersion version = new(survey.Id, 1, questions, clock.GetUtcNow());
        SurveyForm form = new(survey.Title, version, (_, _, _, _) => Task.FromResult<Ending>(new Ending.Done(Answer.Say(s_end.Say()))));
        var now = clock.GetUtcNow();
        FlowState state = new(form.Name, form.Version, Guid.Empty, [new(SurveyForm.SurveyStep, "0.1", Settled: true)], "", [], now);
        var turn = await form.RepeatAsync(Heard(""), state, $"{SurveyWords.Lead(survey, version)}\n", now, ct);
        List<SurveyBubble> bubbles = [Bubble(turn)];
        foreach (var words in said)
        {
            bubbles.Add(new(words, Mine: true));
            if (turn.State is not { } open)
                break;
            if (await form.AnswerAsync(Heard(words), Utterance.Of(words), open, now, ct) is { } next)
                bubbles.Add(Bubble(turn = next));
            else
                bubbles.Add(new(s_other.Say(), Mine: false));
        }

        return new(bubbles, Over: turn.State is null);
    }

    private static Request Heard(string words) => new(new TextMessage { Account = "", From = new OpenId("preview"), CreateTime = 0, MsgId = 0, Content = words }, "");

    private static SurveyBubble Bubble(FlowTurn turn) => new(turn.Answer.Reply is Reply.Text text ? text.Content : "", Mine: false);
}

public sealed record SurveyPlay(IReadOnlyList<SurveyBubble> Bubbles, bool Over);

/// <param name="Mine">The citizen's.</param>
public sealed record SurveyBubble(string Words, bool Mine);
