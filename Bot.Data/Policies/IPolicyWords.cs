namespace Bot.Data.Policies;

/// <summary>The office's own words for what citizens say, beside those that the program and its documents bring along. Each change reaches every host.</summary>
public interface IPolicyWords
{
    Task<IReadOnlyList<PolicySynonym>> SynonymsAsync(CancellationToken ct);

    /// <param name="means">The documents' words; empty silences a word that the program ships.</param>
    Task SetSynonymAsync(string word, IReadOnlyList<string> means, string actor, CancellationToken ct);

    Task<bool> RemoveSynonymAsync(string word, string actor, CancellationToken ct);

    Task<IReadOnlyList<PolicyAlias>> AliasesAsync(CancellationToken ct);

    Task AddAliasAsync(string policyId, string alias, string actor, CancellationToken ct);

    Task<bool> RemoveAliasAsync(string policyId, string alias, string actor, CancellationToken ct);

    /// <summary>In the order in which they are offered.</summary>
    Task<IReadOnlyList<LifeEvent>> LifeEventsAsync(CancellationToken ct);

    /// <returns>False when there is one of that id, which stays as it is.</returns>
    Task<bool> AddLifeEventAsync(LifeEvent life, string actor, CancellationToken ct);

    Task SetLifeEventAsync(LifeEvent change, string actor, CancellationToken ct);

    Task<bool> RemoveLifeEventAsync(string id, string actor, CancellationToken ct);
}

public sealed record PolicySynonym(string Word, IReadOnlyList<string> Means)
{
    public const int MostMeans = 8;
}

public sealed record PolicyAlias(string PolicyId, string Alias);

/// <summary>一件事: what happens in a life, and all that is to be done about it.</summary>
/// <param name="Phrases">How citizens say it: 我搬家了.</param>
/// <param name="Matters">Ids of documents, in the order in which they are dealt with.</param>
public sealed record LifeEvent(string Id, string Name, IReadOnlyList<string> Phrases, IReadOnlyList<string> Matters, int Place = 100);
