using Bot.Data.Consultations;

namespace Bot.Tests.Participation;

/// <summary>Remembers what was said of draft policies.</summary>
internal sealed class RememberedComments : IConsultations
{
    public List<NewComment> Said { get; } = [];

    public PublishedConsultation? Over { get; set; }

    public CommentKept Answer { get; set; } = CommentKept.Kept;

    public Task<IReadOnlyList<PublishedConsultation>> CurrentAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<PublishedConsultation>>([]);

    public Task<PublishedConsultation?> FindAsync(long id, CancellationToken ct) => Task.FromResult(Over?.Id == id ? Over : null);

    public Task<(IReadOnlyList<PublishedConsultation> Rows, int Total)> OverAsync(int page, int size, CancellationToken ct) =>
        Task.FromResult<(IReadOnlyList<PublishedConsultation>, int)>(([], 0));

    public Task<CommentKept> CommentAsync(NewComment comment, CancellationToken ct)
    {
        if (Answer is CommentKept.Kept)
            Said.Add(comment);
        return Task.FromResult(Answer);
    }

    public Task<(IReadOnlyList<ShownComment> Rows, int Total)> ShownAsync(long id, int page, int size, CancellationToken ct) =>
        Task.FromResult<(IReadOnlyList<ShownComment>, int)>(([], 0));

    public Task<IReadOnlyList<CommentPoint>> PointsAsync(long id, CancellationToken ct) => Task.FromResult<IReadOnlyList<CommentPoint>>([]);

    public Task<CommentCounts> CountAsync(long id, CancellationToken ct) => Task.FromResult(new CommentCounts(0, 0, 0, 0, 0, 0, 0));

    public Task<IReadOnlyList<Commenter>> CommentersAsync(long id, byte[]? after, int most, CancellationToken ct) => Task.FromResult<IReadOnlyList<Commenter>>([]);
}
