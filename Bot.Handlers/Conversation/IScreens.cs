using System.Collections.Immutable;
using Bot.WeChat;

namespace Bot.Handlers.Conversation;

/// <summary>Puts a list that we sent by ourselves on a citizen's screen, so that its numbers can be answered.</summary>
public interface IScreens
{
    /// <param name="choices">The commands behind 1, 2, 3….</param>
    /// <param name="key">Names the message; the same one is shown once.</param>
    /// <returns>False when the citizen is in the middle of something and should be asked again a little later.</returns>
    Task<bool> ShowAsync(OpenId citizen, ImmutableArray<string> choices, string key, CancellationToken ct);
}
