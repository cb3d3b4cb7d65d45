using Bot.WeChat;

namespace Bot.Data.Consultations;

/// <summary>Consultations as citizens meet them.</summary>
public interface IConsultations
{
    /// <summary>Those that are not over, each with all its versions, the first to close first.</summary>
    Task<IReadOnlyList<PublishedConsultation>> CurrentAsync(CancellationToken ct);

    /// <summary>Null for one that was never published.</summary>
    Task<PublishedConsultation?> FindAsync(long id, CancellationToken ct);

    /// <summary>Those that are over, the last one first; of each the newest version.</summary>
    /// <param name="page">From 1.</param>
    Task<(IReadOnlyList<PublishedConsultation> Rows, int Total)> OverAsync(int page, int size, CancellationToken ct);

    Task<CommentKept> CommentAsync(NewComment comment, CancellationToken ct);

    /// <summary>The newest first.</summary>
    /// <param name="page">From 1.</param>
    Task<(IReadOnlyList<ShownComment> Rows, int Total)> ShownAsync(long id, int page, int size, CancellationToken ct);

    /// <summary>With how many comments each; in the order of their number.</summary>
    Task<IReadOnlyList<CommentPoint>> PointsAsync(long id, CancellationToken ct);

    Task<CommentCounts> CountAsync(long id, CancellationToken ct);

    /// <summary>Who commented, each once, with what was made of their comments; in a fixed order.</summary>
    /// <param name="after">The last mark of the page before; null for the first page.</param>
    Task<IReadOnlyList<Commenter>> CommentersAsync(long id, byte[]? after, int most, CancellationToken ct);
}

/// <param name="Mark">Tells the citizen from others, and nobody who.</param>
/// <param name="Told">The same for messages about this consultation; it does not lead to the comments.</param>
/// <param name="LeftOut">Not considered: off the matter, advertising, said twice.</param>
public sealed record Commenter(byte[] Mark, byte[] Told, OpenId Citizen, int Comments, int Adopted, int Partly, int LeftOut);
