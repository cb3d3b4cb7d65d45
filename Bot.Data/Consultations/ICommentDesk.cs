using Bot.Data.Staff;

namespace Bot.Data.Consultations;

/// <summary>Comments as staff look at them, group them and answer them.</summary>
public interface ICommentDesk
{
    /// <param name="page">From 1.</param>
    Task<(IReadOnlyList<CommentRow> Rows, int Total)> ListAsync(long consultation, CommentQuery query, int page, int size, CancellationToken ct);

    /// <returns>Those of the consultation.</returns>
    Task<IReadOnlyList<CommentRow>> FindAsync(long consultation, IReadOnlyCollection<long> comments, CancellationToken ct);

    /// <summary>All of them, the first one first.</summary>
    IAsyncEnumerable<CommentRow> AllAsync(long consultation, CancellationToken ct);

    /// <param name="shown">By id, the words as everybody will read them.</param>
    /// <returns>How many; those whose report is public stay as they are.</returns>
    Task<int> ShowAsync(long consultation, IReadOnlyDictionary<long, string> shown, StaffMember by, CancellationToken ct);

    /// <param name="reason">As the citizen reads it who asks for their data.</param>
    /// <returns>How many; none where the report is public, or an answered point would lose its last comment.</returns>
    Task<int> HideAsync(long consultation, IReadOnlyCollection<long> comments, string reason, StaffMember by, CancellationToken ct);

    /// <summary>Puts comments into points, those that are new and those that are there; a comment that is in one already stays.</summary>
    /// <param name="groups">Of one part each.</param>
    /// <returns>How many comments.</returns>
    Task<int> GroupAsync(long consultation, IReadOnlyCollection<CommentGroup> groups, StaffMember by, CancellationToken ct);

    /// <param name="point">Null: into none, to be grouped anew.</param>
    /// <returns>False: there is no such comment or point, of another part, the report is public, or an answered point would lose its last comment.</returns>
    Task<bool> MoveAsync(long consultation, long comment, long? point, StaffMember by, CancellationToken ct);

    /// <summary>All comments of one point go to another of the same part; the first is gone. One that is answered is not merged away.</summary>
    Task<bool> MergeAsync(long consultation, long point, long into, StaffMember by, CancellationToken ct);

    Task<bool> AnswerAsync(long consultation, long point, string title, PointVerdict verdict, string answer, StaffMember by, CancellationToken ct);

    /// <summary>The point is without an answer again, and may be merged away or lose its last comment.</summary>
    Task<bool> TakeBackAsync(long consultation, long point, StaffMember by, CancellationToken ct);
}

/// <param name="State">Null for all.</param>
/// <param name="Part">Null for all; empty for those on the whole.</param>
/// <param name="Point">Null for all.</param>
/// <param name="Flagged">Only those with listed words.</param>
/// <param name="Text">In their words; empty for all.</param>
public sealed record CommentQuery(CommentState? State, string? Part, long? Point, bool Flagged, string Text);

/// <param name="Point">One that is there; null for a new one.</param>
/// <param name="Title">Of a new one.</param>
public sealed record CommentGroup(string Part, long? Point, string Title, IReadOnlyList<long> Comments);
