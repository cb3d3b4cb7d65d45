namespace Bot.Data.ApiKeys;

/// <summary>A key of another system, without its secret.</summary>
/// <param name="Name">Whose it is; 1 to 80 characters.</param>
public sealed record ApiKey(long Id, string Name, ApiKeyKind Kind)
{
    /// <summary>Whom notices belong to: a renewed key of the same name and kind has those of the old one.</summary>
    public string Owner => $"{Kind.ToString().ToLowerInvariant()}:{Name}";
}

public enum ApiKeyKind
{
    /// <summary>Sends to anybody.</summary>
    Live,

    /// <summary>Sends to the office's own people only.</summary>
    Team,

    /// <summary>Sends nothing; every outcome is pretended.</summary>
    Test,
}
