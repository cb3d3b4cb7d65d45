using Bot.Data.Conversations;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>Whatever a citizen writes while a person is to answer: kept for the desk, and passed on to the platform's own. When nobody has the conversation any more, the bot answers.</summary>
public sealed class DeskTalk(IDeskCalls desk, FreeText freeText) : IHandler
{
    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        await desk.HearAsync(request.Citizen, Words(request), request.Message.DedupeKey, (request.Message as ImageMessage)?.MediaId, ct)
            ? Answer.Of(new Reply.ToHuman())
            : await freeText.HandleAsync(request, ct) with { Desk = DeskMove.Leaves };

    private static string Words(Request request) => request.Message switch
    {
        TextMessage text => text.Content.Trim() is { Length: > 0 } words ? words : "（空消息）",
        VoiceMessage { Recognition: { Length: > 0 } heard } => $"（语音）{heard}",
        VoiceMessage => "（语音，未能识别）",
        ImageMessage => "（图片）",
        LocationMessage place => $"（位置）{place.Label}",
        _ => "（其他消息）",
    };
}

/// <summary>取消 while a person is to answer.</summary>
public sealed class DeskLeave(IDeskCalls desk) : IHandler
{
    private static readonly Text s_left = Text.Of("human.left");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await desk.LeaveAsync(request.Citizen, ct);
        return MainChoices.Under(s_left.Say()) with { Desk = DeskMove.Leaves };
    }
}
