namespace Bot.Data.Notices;

/// <summary>Drafts for groups on their way, made by jobs of kind <see cref="JobKind"/> whose key is the id. Each is forgotten after a day.</summary>
public interface INoticeComposings
{
    const string JobKind = "notice-compose";

    /// <param name="wish">JSON, for whoever does it.</param>
    /// <param name="expected">How many recipients there should be; null when nobody knows.</param>
    Task<Guid> BeginAsync(string by, string wish, int? expected, CancellationToken ct);

    Task<NoticeComposing?> FindAsync(Guid id, CancellationToken ct);

    Task GatheredAsync(Guid id, int count, CancellationToken ct);

    Task DoneAsync(Guid id, string notice, CancellationToken ct);

    /// <param name="problems">Words by field.</param>
    Task RefusedAsync(Guid id, IReadOnlyDictionary<string, string> problems, CancellationToken ct);
}

/// <param name="Notice">Its public id, once it is there.</param>
/// <param name="Problems">Why there will be none; null: there is, or it is still being made.</param>
public sealed record NoticeComposing(Guid Id, string By, string Wish, int? Expected, int Gathered, string? Notice, IReadOnlyDictionary<string, string>? Problems);
