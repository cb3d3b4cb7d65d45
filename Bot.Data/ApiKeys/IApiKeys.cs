namespace Bot.Data.ApiKeys;

/// <summary>Keys of the REST API. What is kept of a key is its hash.</summary>
public interface IApiKeys
{
    public const int LongestName = 80;

    /// <param name="department">The code of one there is; see <see cref="ApiKey.Department"/>.</param>
    /// <returns>The key; nobody can show it again.</returns>
    Task<string> AddAsync(string name, ApiKeyKind kind, string actor, CancellationToken ct, string? department = null);

    /// <returns>Null for a key that never was, or was revoked.</returns>
    Task<ApiKey?> FindAsync(string key, CancellationToken ct);

    /// <returns>Those in force first, newest first; at most 500.</returns>
    Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken ct);

    /// <summary>From now on the key sends by the templates of that department; what was made before is not touched.</summary>
    /// <returns>False when it is not in force.</returns>
    Task<bool> AssignAsync(long id, string? department, string actor, CancellationToken ct);

    /// <summary>From now on the key opens nothing.</summary>
    /// <returns>False when it was not in force.</returns>
    Task<bool> RevokeAsync(long id, string actor, CancellationToken ct);
}
