namespace Bot.Data.Conversations;

/// <summary>Pictures of conversations with the desk: they go with their conversation.</summary>
public interface IDeskPictures
{
    /// <summary>Fetches a citizen's picture; the key and the data are its line.</summary>
    const string JobKind = "conversation.picture";

    /// <returns>The platform's id and when it came; null when it is here, given up, or erased.</returns>
    Task<(string MediaId, DateTimeOffset SentAt)?> FindWaitingAsync(long line, CancellationToken ct);

    /// <summary>Of a citizen's line, or of one that staff are about to send.</summary>
    Task KeepAsync(long line, string contentType, byte[] content, byte[] thumbnail, CancellationToken ct);

    Task FailAsync(long line, CancellationToken ct);

    /// <returns>Null when it is not in that conversation.</returns>
    Task<(string ContentType, byte[] Content)?> ReadAsync(long conversation, long line, bool small, CancellationToken ct);
}
