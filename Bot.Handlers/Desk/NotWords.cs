using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>Answers a place, a recording or a sticker that nothing on the screen asked for: says what to do instead.</summary>
public sealed class NotWords : IHandler
{
    private static readonly Text s_voice = Text.Of("chat.voice-unheard");
    private static readonly Text s_location = Text.Of("chat.location");
    private static readonly Text s_other = Text.Of("chat.sticker");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => Answer.SayAsync((request.Message switch
    {
        VoiceMessage => s_voice,
        LocationMessage => s_location,
        _ => s_other,
    }).Say());
}
