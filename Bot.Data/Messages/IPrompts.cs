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

    /// <returns>Whose screen the list is on; null when it will be on none: it goes to nobody any more, is over, or went by a notice that offers no numbers.</returns>
    Task<PromptScreen?> OnAsync(string key, CancellationToken ct);
}

/// <param name="SentAt">Null while the message is still on its way: what nobody saw, nobody answers.</param>
/// <param name="Since">When the message was made, or became a notice.</param>
/// <param name="Choices">The commands behind the numbers that the notice offers; null for the message's own.</param>
public sealed record PromptScreen(OpenId Citizen, DateTimeOffset? SentAt, DateTimeOffset Since, IReadOnlyList<string>? Choices = null);
