namespace Bot.Handlers.Publishing;

/// <summary>Asks other hosts whether an address still leads somewhere.</summary>
public interface ILinkProbe
{
    Task<LinkAnswer> AskAsync(Uri address, CancellationToken ct);
}

public enum LinkAnswer
{
    There,

    /// <summary>The host says that there is no such page, or none any more.</summary>
    Missing,

    /// <summary>Nobody has this name.</summary>
    NoSuchHost,

    /// <summary>The name leads into a private network: the public gets nowhere.</summary>
    Inside,

    /// <summary>Nothing that says the one or the other.</summary>
    Silent,
}
