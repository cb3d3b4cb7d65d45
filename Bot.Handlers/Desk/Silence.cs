using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>For what needs no words: a page that was opened, a job that ended, an event that this release does not know.</summary>
public sealed class Silence : IHandler
{
    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => Task.FromResult(Answer.Of(Reply.Silence));
}
