namespace Bot.Data.Privacy;

/// <summary>Pictures that do not lie as the settings want it: a release that did not seal them kept them as they were sent, or another cipher sealed them.</summary>
public interface IOpenPictures
{
    const string JobKind = "pictures.seal";

    /// <summary>Seals one that lies as it was sent. Repeatable, by any number of hosts.</summary>
    /// <param name="after">The one before; null for the first.</param>
    /// <returns>Which it was; null: none is left behind <paramref name="after"/>.</returns>
    Task<OpenPicture?> SealNextAsync(OpenPicture? after, CancellationToken ct);

    /// <summary>Seals those anew that another cipher sealed, one at a time, while hosts show them. Cut short, what was done is not done again.</summary>
    /// <param name="tell">Hears a line now and then.</param>
    /// <returns>How many there were.</returns>
    Task<int> SealAnewAsync(Action<string> tell, CancellationToken ct);
}

/// <param name="Table">Which of the tables.</param>
/// <param name="Fault">Why it lies open still; the others are no worse for it.</param>
public sealed record OpenPicture(int Table, long Row, Exception? Fault);
