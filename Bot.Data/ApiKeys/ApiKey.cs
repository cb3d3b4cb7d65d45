namespace Bot.Data.ApiKeys;

/// <summary>A key of another system, without its secret.</summary>
/// <param name="Name">Whose it is; 1 to 80 characters.</param>
/// <param name="Department">Code of the department whose templates it may send by; null: by those that are for everybody.</param>
public sealed record ApiKey(long Id, string Name, ApiKeyKind Kind, string? Department = null)
{
    /// <summary>Whom notices belong to: a renewed key of the same name and kind has those of the old one.</summary>
    public string Owner => $"{Kind.ToString().ToLowerInvariant()}:{Name}";
}

/// <summary>A key as staff see it.</summary>
/// <param name="LastUsedAt">To the hour; null: never.</param>
/// <param name="RevokedAt">Null: in force.</param>
public sealed record ApiKeyRow(long Id, string Name, ApiKeyKind Kind, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, string? Department);

public enum ApiKeyKind
{
    /// <summary>Sends to anybody.</summary>
    Live,

    /// <summary>Sends to the office's own people only.</summary>
    Team,

    /// <summary>Sends nothing; every outcome is pretended.</summary>
    Test,
}
