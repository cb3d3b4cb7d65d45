namespace Bot.Data.Policies;

/// <summary>The published documents, as kept. Every host holds them in memory too and learns of changes by <see cref="IContentChanges"/>.</summary>
public interface IPolicies
{
    Task<IReadOnlyList<Policy>> PublishedAsync(CancellationToken ct);

    /// <summary>Which version of each document is published: tells cheaply what must be read anew.</summary>
    Task<IReadOnlyList<PolicyStamp>> StampsAsync(CancellationToken ct);

    /// <returns>Those that are published; unknown ids are left out.</returns>
    Task<IReadOnlyList<Policy>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>Adds or replaces all of them, or none; announces the change to every host. Subscribers are not told: it may be thousands. What brings no attachments keeps those it has.</summary>
    /// <param name="actor">Stands in the audit log.</param>
    /// <returns>How many were new or differed from what was kept.</returns>
    Task<int> ImportAsync(IReadOnlyCollection<Policy> policies, string actor, CancellationToken ct);

    /// <summary>The program's own: the demo's.</summary>
    Task<int> ImportAsync(IReadOnlyCollection<Policy> policies, CancellationToken ct);

    /// <summary>Adds to the count of readings, by which the hot list is made.</summary>
    Task ReadAsync(IReadOnlyDictionary<string, int> readings, DateOnly day, CancellationToken ct);

    /// <returns>Ids by readings in the days since <paramref name="since"/>, most read first.</returns>
    Task<IReadOnlyList<string>> MostReadAsync(DateOnly since, int limit, CancellationToken ct);

    /// <summary>When each version became public, of documents that have more than one; oldest first.</summary>
    Task<IReadOnlyList<VersionDay>> RevisionsAsync(CancellationToken ct);

    Task<IReadOnlyList<PolicyVersion>> VersionsAsync(string id, CancellationToken ct);

    /// <summary>The document as it was; null for a version that never was.</summary>
    Task<Policy?> VersionAsync(string id, int version, CancellationToken ct);

    /// <param name="within">Days in which a document counts as soon to lapse.</param>
    Task<PolicyFreshness> FreshnessAsync(DateOnly today, int within, CancellationToken ct);
}

public readonly record struct PolicyStamp(string Id, int Version);

public readonly record struct VersionDay(string PolicyId, int Version, DateTimeOffset MadeAt);

/// <summary>A public state of a document, and whose work it was.</summary>
public sealed record PolicyVersion(int Version, string Title, string EditedBy, string ReviewedBy, string IssuedBy, DateTimeOffset MadeAt);

/// <param name="LastPublishedAt">When a document last became public or changed; null when there is none.</param>
/// <param name="Lapsing">The next to lapse first.</param>
public sealed record PolicyFreshness(DateTimeOffset? LastPublishedAt, IReadOnlyList<LapsingPolicy> Lapsing);

public sealed record LapsingPolicy(string Id, string Title, DateOnly LapsesOn);
