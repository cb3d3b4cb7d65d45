using Bot.WeChat;

namespace Bot.Data.Messages;

/// <summary>Numbered lists in messages that our processes send; what the numbers mean is put into the citizen's session by a job.</summary>
public interface IPrompts
{
    /// <summary>Its key is the message's, its data the commands behind the numbers.</summary>
    const string JobKind = "citizen-prompt";

    /// <summary>A message with a numbered list in it; the same key is told once.</summary>
    /// <param name="choices">The commands behind 1, 2, 3….</param>
    Task AddAsync(NewCitizenMessage message, IReadOnlyList<string> choices, CancellationToken ct);

    /// <returns>Whom the message goes to; null when it goes to nobody any more, is over, or goes by a notice, which shows no list.</returns>
    Task<OpenId?> ToAsync(string key, CancellationToken ct);
}
