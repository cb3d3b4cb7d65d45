using Bot.WeChat;

namespace Bot.Data.Messages;

/// <summary>Numbered lists in messages that our processes send; what the numbers mean is put into the citizen's session by a job.</summary>
public interface IPrompts
{
    /// <summary>Its key is the message's, its data the commands behind the numbers.</summary>
    const string JobKind = "citizen-prompt";

    /// <returns>Whom the message goes to; null when it goes to nobody any more, or by a notice, which shows no list.</returns>
    Task<OpenId?> ToAsync(string key, CancellationToken ct);
}
