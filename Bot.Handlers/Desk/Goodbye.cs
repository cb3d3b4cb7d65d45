using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>Remembers that a citizen left, so that no notice is sent. There is nobody to answer.</summary>
public sealed class Goodbye(IFollowLog follows) : IHandler
{
    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        await follows.NoteAsync(new(request.Citizen, Follows: false, request.Message.CreateTime), ct);
        return Answer.Of(Reply.Silence);
    }
}
