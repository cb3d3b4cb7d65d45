using Bot.Data.Conversations;
using Bot.Handlers.Texts;
using Bot.WeChat;
using Microsoft.Extensions.Logging;

namespace Bot.Handlers.Desk;

/// <summary>人工: hands over to the desk in office hours, ours and the platform's, and says what to do outside them.</summary>
public sealed partial class HumanDesk(OfficeHours hours, IDeskCalls desk, TimeProvider clock, ILogger<HumanDesk> logger) : IHandler
{
    private static readonly Text s_closed = Text.Of("human.closed");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (!hours.IsOpen(clock.GetUtcNow()))
            return MainChoices.Under(s_closed.Say(hours.ToString()));
        try
        {
            await desk.OpenAsync(request.Citizen, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The platform's own desk has them all the same.
            LogNotKept(e.GetType().Name);
            return Answer.Of(new Reply.ToHuman());
        }

        return Answer.Of(new Reply.ToHuman()) with { Desk = DeskMove.Enters };
    }

    [LoggerMessage(LogLevel.Warning, "A call for a person could not be kept ({Reason}); it went to the platform's desk only")]
    private partial void LogNotKept(string reason);
}
