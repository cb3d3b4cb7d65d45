using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>人工: hands over to the platform's customer-service desk in office hours, and says what to do outside them.</summary>
public sealed class HumanDesk(OfficeHours hours, TimeProvider clock) : IHandler
{
    private static readonly Text s_closed = Text.Of("human.closed");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => Task.FromResult(
        hours.IsOpen(clock.GetUtcNow())
            ? Answer.Of(new Reply.ToHuman())
            : MainChoices.Under(s_closed.Say(hours.ToString())));
}
