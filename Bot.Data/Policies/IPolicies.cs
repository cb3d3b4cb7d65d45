namespace Bot.Data.Policies;

/// <summary>The published documents, as kept. Every host holds them in memory too and learns of changes by <see cref="IContentChanges"/>.</summary>
public interface IPolicies
{
    Task<IReadOnlyList<Policy>> PublishedAsync(CancellationToken ct);

    /// <summary>Adds or replaces all of them, or none; announces the change to every host.</summary>
    /// <returns>How many were new or differed from what was kept.</returns>
    Task<int> ImportAsync(IReadOnlyCollection<Policy> policies, CancellationToken ct);

    /// <summary>Adds to the count of readings, by which the hot list is made.</summary>
    Task ReadAsync(IReadOnlyDictionary<string, int> readings, DateOnly day, CancellationToken ct);

    /// <returns>Ids by readings in the days since <paramref name="since"/>, most read first.</returns>
    Task<IReadOnlyList<string>> MostReadAsync(DateOnly since, int limit, CancellationToken ct);
}
