namespace Bot.Data.Privacy;

/// <summary>Pictures that lie as they were sent, since a release that did not seal them kept them.</summary>
public interface IOpenPictures
{
    const string JobKind = "pictures.seal";

    /// <summary>Seals one of them. Repeatable, by any number of hosts.</summary>
    /// <returns>False: none is left.</returns>
    Task<bool> SealNextAsync(CancellationToken ct);
}
