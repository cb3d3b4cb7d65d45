using System.Collections.Immutable;
using Bot.WeChat;

namespace Bot.Handlers.Conversation;

/// <summary>Puts a list that we sent by ourselves on a citizen's screen, so that its numbers can be answered.</summary>
public interface IScreens
{
    /// <param name="choices">The commands behind 1, 2, 3….</param>
    /// <param name="sentAt">When the citizen could first see it.</param>
    /// <param name="key">Names the message; the same one is shown once.</param>
    /// <returns>False when the citizen is being answered at this moment and should be asked again a little later.</returns>
    Task<bool> ShowAsync(OpenId citizen, ImmutableArray<string> choices, DateTimeOffset sentAt, string key, CancellationToken ct);
}
