using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Data.Conversations;

/// <summary>人工, as the chat meets it.</summary>
public interface IDeskCalls
{
    /// <summary>A citizen asks for a person. The open conversation goes on, if there is one.</summary>
    Task OpenAsync(OpenId citizen, CancellationToken ct);

    /// <summary>A citizen says something more.</summary>
    /// <param name="words">At most 2000 characters are kept.</param>
    /// <param name="key">Of the message: a repeated one is kept once.</param>
    /// <param name="picture">The platform's id of a picture, which is fetched; null for none.</param>
    /// <returns>False when no conversation is open: the bot answers.</returns>
    Task<bool> HearAsync(OpenId citizen, string words, string key, string? picture, CancellationToken ct);

    /// <summary>The citizen has enough of it.</summary>
    Task LeaveAsync(OpenId citizen, CancellationToken ct);
}

/// <summary>客服会话: what a citizen and the desk say to each other. Ends when staff hand back to the bot, or when the citizen is silent for 48 hours.</summary>
public interface IConversations
{
    /// <summary>Those of the last 48 hours, the longest unanswered first, then closed ones; at most 200.</summary>
    Task<IReadOnlyList<ConversationRow>> ListAsync(bool closed, CancellationToken ct);

    /// <returns>Its newest 200 lines, oldest first; null for one that is not there.</returns>
    Task<(ConversationRow Row, IReadOnlyList<ConversationLine> Lines)?> FindAsync(long id, CancellationToken ct);

    /// <summary>Keeps an answer that is about to be sent.</summary>
    /// <returns>Its number; null when the conversation is closed.</returns>
    Task<long?> AnswerAsync(long id, string words, StaffMember actor, CancellationToken ct);

    /// <summary>What became of an answer.</summary>
    /// <param name="error">Null: WeChat took it.</param>
    Task SentAsync(long line, int? error, CancellationToken ct);

    /// <summary>Hands back to the bot.</summary>
    Task<bool> CloseAsync(long id, StaffMember actor, CancellationToken ct);

    /// <summary>常用语, by title.</summary>
    Task<IReadOnlyList<CannedReply>> CannedAsync(CancellationToken ct);

    /// <returns>False when the title is taken.</returns>
    Task<bool> AddCannedAsync(string title, string words, StaffMember actor, CancellationToken ct);

    Task DeleteCannedAsync(long id, StaffMember actor, CancellationToken ct);
}

/// <param name="Title">1 to 20 characters.</param>
/// <param name="Words">1 to 600 characters.</param>
public sealed record CannedReply(long Id, string Title, string Words);

/// <param name="HeardAt">When the citizen last wrote: answers reach them for 48 hours.</param>
/// <param name="Waits">The last word is the citizen's.</param>
public sealed record ConversationRow(
    long Id, OpenId Citizen, DateTimeOffset OpenedAt, DateTimeOffset HeardAt, DateTimeOffset? ClosedAt, string? ClosedBy, string? AnsweredBy, bool Waits, string LastWords);

/// <param name="By">Sign-in name; null: the citizen.</param>
/// <param name="Picture"><c>fetching</c>, <c>kept</c> or <c>failed</c>; null for none.</param>
/// <param name="Sent">Null while it is not known; always true for a citizen's.</param>
public sealed record ConversationLine(long Id, string? By, string Words, DateTimeOffset At, bool? Sent, int? Error, string? Picture);
