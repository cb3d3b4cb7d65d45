using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies;

/// <summary>有了答案告诉我: by their own wish the citizen is told when the office has an answer. The one place where a question is kept with who asked.</summary>
public sealed class AnswerWaiting(IPolicyMisses misses) : IHandler
{
    public const string Route = "policy.wait";

    private static readonly Text s_noted = Text.Of("policy.wait-noted");
    private static readonly Text s_tooMany = Text.Of("policy.wait-too-many");
    private static readonly Text s_unclear = Text.Of("policy.wait-unclear");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (kept, normal) = QuestionText.Of(request.Argument);
        if (normal.Length == 0)
            return Answer.Say(s_unclear.Say());
        return Answer.Say(await misses.WaitAsync(kept, normal, request.Citizen, ct) ? s_noted.Say(ReplyText.Escape(kept)) : s_tooMany.Say());
    }
}
