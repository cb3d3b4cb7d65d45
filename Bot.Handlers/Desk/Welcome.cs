using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>Greets a new follower, or one who came back, and remembers that notices may be sent again.</summary>
public sealed class Welcome(IFollowLog follows, AccountProfile account) : IHandler
{
    private static readonly Text s_lead = Text.Of("welcome");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var subscribe = (SubscribeEvent)request.Message;
        await follows.NoteAsync(new(subscribe.From, Follows: true, subscribe.CreateTime, subscribe.Scene), ct);
        return MainChoices.Under(s_lead.Say(account.Name));
    }
}
