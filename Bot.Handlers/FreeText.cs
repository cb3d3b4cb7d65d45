using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Handlers.Appointments;
using Bot.Handlers.Desk;
using Bot.Handlers.Keywords;
using Bot.Handlers.Participation.Surveys;
using Bot.Handlers.Policies;
using Bot.Handlers.Routing;

namespace Bot.Handlers;

/// <summary>Words that are no command: the office's keyword replies first, what people ask of any office, then the policies; never silence.</summary>
public sealed class FreeText(KeywordRules keywords, PolicySearch policies, ServiceNames services, SurveyLibrary surveys, NotWords notWords) : IHandler
{
    // What phones send for a sticker that the platform cannot pass on.
    private const string Sticker = "【收到不支持的消息类型，暂无法显示】";

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Argument.Length == 0 || request.Argument == Sticker)
            return notWords.HandleAsync(request, ct);
        // Whoever sends the code of a sealed report without 查 in front means the report; it must not be written down as a question.
        if (SealedCode.IsMeant(request.Argument))
            return Task.FromResult(Answer.Pass($"case.show {request.Argument}"));
        if (PublicNumber.TryParse(request.Argument) is { } number)
            return Task.FromResult(Answer.Pass($"{(number.Text.StartsWith("YY", StringComparison.Ordinal) ? "book.view" : "case.show")} {number.Text}"));
        var words = Utterance.Of(request.Argument).Words;
        if (keywords.Find(words) is { } reply)
            return Answer.SayAsync(reply);
        if (PolicyCard.ShownBy(request.After) is { } shown && PolicyAspects.Alone(words) is not PolicyAspect.None and var aspect)
            return Task.FromResult(Answer.Pass(PolicyPart.CommandFor(shown, aspect)));
        if (HallQuestions.IsMeant(words))
            return Task.FromResult(Answer.Pass(HallList.Route));
        if (Courtesy.To(words) is { } courtesy)
            return Answer.SayAsync(courtesy.Say());
        if (surveys.Named(words) is { } survey)
            return Task.FromResult(Answer.Pass(SurveyFlow.Command(survey.Survey.Id)));
        // 办居住证 wants it done; 居住证 wants to know about it.
        return services.Asked(words) is { } service ? Task.FromResult(Answer.Pass($"book {service.Code}")) : policies.HandleAsync(request, ct);
    }
}
