using Bot.Data.Sessions;
using Bot.Handlers.Texts;
using Bot.Host.Operation;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Host.Delivery;

/// <summary>Sends an answer that missed its callback as a customer-service message; what cannot be sent is shown at the citizen's next message.</summary>
internal sealed partial class LateReplies(ICustomerMessages messages, ISessions sessions, BotMetrics metrics, ILogger<LateReplies> logger)
{
    private static readonly Text s_human = Text.Of("human.unavailable-late");
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    /// <summary>Never throws.</summary>
    public async Task SendAsync(OpenId citizen, Reply reply)
    {
        if (reply is not Reply.Nothing)
            metrics.AnsweredLate();
        // The desk can be had by an answer to a callback only, so the citizen has to ask once more.
        var late = reply is Reply.ToHuman ? Reply.Say(s_human.Say()) : reply;
        foreach (var message in CustomerMessage.From(late))
        {
            if (await TrySendAsync(citizen, message) || message is not CustomerMessage.Text text)
                continue;
            await OweAsync(citizen, text.Content);
        }
    }

    private async Task<bool> TrySendAsync(OpenId citizen, CustomerMessage message)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        try
        {
            var sent = await messages.SendAsync(citizen, message, deadline.Token);
            if (sent.Ok)
                return true;
            LogNotSent(sent.Error.Code, sent.Error.Rid);
            // Whether a lost answer was lost on the way there or back is unknown: told twice is better than not told.
            return false;
        }
        catch (OperationCanceledException)
        {
            LogNotSent(0, "timed out");
            return false;
        }
    }

    private async Task OweAsync(OpenId citizen, string words)
    {
        try
        {
            await sessions.OweAsync(citizen, words);
        }
        catch (SessionsUnavailableException e)
        {
            LogLost(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A late answer could not be sent ({Code}, {Rid}); it is kept for the citizen's next message")]
    private partial void LogNotSent(int code, string? rid);

    [LoggerMessage(LogLevel.Error, "A late answer could be neither sent nor kept")]
    private partial void LogLost(Exception e);
}
