namespace Bot.Data.Cases;

/// <summary>Cases that may be read by everybody: agreed to, redacted, and approved.</summary>
public interface IPublicCases
{
    /// <param name="before">The id of the last one of the page before; null for the first page. Newest first.</param>
    Task<IReadOnlyList<PublicCase>> ListAsync(PublicCaseQuery query, long? before, int limit, CancellationToken ct);

    Task<PublicCase?> FindAsync(string number, CancellationToken ct);

    /// <summary>Files what another system sends: nobody is behind it whom we could write to.</summary>
    Task<CaseFile> FileAsync(NewCase filing, CancellationToken ct);

    /// <summary>Where a case of another system stands; nothing of what it holds. Null when it is a citizen's, also of one who was forgotten, or there is none.</summary>
    Task<PublicCase?> FindFiledBySystemAsync(string number, CancellationToken ct);
}

/// <param name="Categories">Their codes; empty for all.</param>
/// <param name="Open">True for those that are not closed, false for those that are; null for all.</param>
/// <param name="Adopted">Only suggestions of which something came.</param>
public sealed record PublicCaseQuery(IReadOnlyList<string>? Categories = null, bool? Open = null, DateTimeOffset? From = null, DateTimeOffset? To = null, bool Adopted = false);

/// <param name="Reply">Null while there is none that is public.</param>
public sealed record PublicCase(
    long Id, string Number, CaseKind Kind, string Category, string? Department, CaseState State, string Title, string Story, string? Reply, DateTimeOffset FiledAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset AnswerBy, DateTimeOffset UpdatedAt)
{
    /// <summary>What came of a suggestion; null while nothing did.</summary>
    public string? Adopted { get; init; }

    public DateTimeOffset? AdoptedAt { get; init; }

    /// <summary>Whole days from filing to the answer, at least 1; null without one.</summary>
    public int? DaysTaken => AnsweredAt is { } answered ? Math.Max(1, (int)Math.Ceiling((answered - FiledAt).TotalDays)) : null;
}
