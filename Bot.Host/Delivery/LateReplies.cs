using Bot.Data.Sessions;
using Bot.Handlers.Texts;
using Bot.Host.Operation;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Host.Delivery;

/// <summary>Sends an answer that missed its callback as a customer-service message; what cannot be sent is shown at the citizen's next message.</summary>
internal sealed partial class LateReplies(
    ICustomerMessages messages, ISessions sessions, IHostApplicationLifetime life, BotMetrics metrics, TimeProvider clock,
    ILogger<LateReplies> logger)
{
    private static readonly Text s_human = Text.Of("human.unavailable-late");
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    // Of a host that stops: what is not sent by then is kept while there is time for that.
    private static readonly TimeSpan s_lastCall = TimeSpan.FromSeconds(4);

    /// <summary>Never throws.</summary>
    public async Task SendAsync(OpenId citizen, Reply reply)
    {
        if (reply is not Reply.Nothing)
            metrics.AnsweredLate();
        // The desk can be had by an answer to a callback only, so the citizen has to ask once more.
        var late = reply is Reply.ToHuman ? Reply.Say(s_human.Say()) : reply;
        // What follows a part that could not be sent is kept too, so that the citizen reads all of it in order.
        var sends = true;
        foreach (var message in CustomerMessage.From(late))
        {
            sends = sends && await TrySendAsync(citizen, message);
            if (!sends && Words(message) is { } words)
                await OweAsync(citizen, words);
        }
    }

    // A picture or a recording cannot be told in words; its media id is of no use later either.
    private static string? Words(CustomerMessage message) => message switch
    {
        CustomerMessage.Text text => text.Content,
        CustomerMessage.News news => $"{news.Title}\n{news.Url}",
        _ => null,
    };

    private async Task<bool> TrySendAsync(OpenId citizen, CustomerMessage message)
    {
        using var deadline = new CancellationTokenSource(s_deadline, clock);
        using var stopping = life.ApplicationStopping.Register(() => deadline.CancelAfter(s_lastCall));
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
