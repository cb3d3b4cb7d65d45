using Bot.WeChat;

namespace Bot.Data.Cases;

/// <summary>Photos and short videos of cases. They lie in the database, so that every host can show them.</summary>
public interface ICasePhotos
{
    public const string JobKind = "case.photo";

    /// <summary>Notes it and the job that fetches it, once a run.</summary>
    Task AddAsync(OpenId citizen, Guid run, string mediaId, bool video, CancellationToken ct);

    /// <summary>The photos that a form has so far.</summary>
    Task<int> CountAsync(Guid run, CancellationToken ct);

    Task<WaitingPhoto?> FindWaitingAsync(long id, CancellationToken ct);

    /// <param name="thumbnail">JPEG; null for a film.</param>
    Task KeepAsync(long id, string contentType, byte[] content, byte[]? thumbnail, CancellationToken ct);

    /// <summary>It cannot be had; the citizen is told which one.</summary>
    /// <param name="reason"><c>too-large</c>, <c>too-many-pixels</c>, <c>not-a-picture</c> or <c>lapsed</c>.</param>
    Task FailAsync(long id, string reason, string words, CancellationToken ct);

    /// <summary>The photo belongs to a case of the same citizen from now on.</summary>
    Task<bool> AttachAsync(OpenId citizen, Guid run, string number, CancellationToken ct);

    /// <returns>Null when there is none, or it is not for these eyes.</returns>
    Task<KeptPhoto?> ReadAsync(long id, bool thumbnail, Staff.StaffMember staff, CancellationToken ct);
}

/// <param name="Place">Which one of its form, from 1.</param>
public sealed record WaitingPhoto(long Id, string MediaId, bool Video, int Place, DateTimeOffset SentAt);

public sealed record KeptPhoto(string ContentType, byte[] Content);
