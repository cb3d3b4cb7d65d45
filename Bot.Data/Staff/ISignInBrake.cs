namespace Bot.Data.Staff;

/// <summary>How often a name may be tried. Wrong tries are counted where they come from, so that nobody is kept out by others; those from places where the name never got in also together,
/// more slowly. Whether somebody has the name makes no difference.</summary>
public interface ISignInBrake
{
    /// <returns>Until when nothing is accepted from there; null when it is.</returns>
    Task<DateTimeOffset?> RestsUntilAsync(string name, SignInPlace place, CancellationToken ct);

    /// <summary>Counts a wrong password or code.</summary>
    /// <param name="act">For the audit log; null for a name that nobody has.</param>
    /// <returns>Until when nothing more is accepted from there; null when it is.</returns>
    Task<DateTimeOffset?> FailedAsync(string name, SignInPlace place, string? act, CancellationToken ct);

    /// <summary>They are in: what failed from there is forgotten, and the place is known as theirs.</summary>
    Task WelcomeAsync(string name, SignInPlace place, CancellationToken ct);
}

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Network">An address of the fourth version, or the first half of one of the sixth.</param>
/// <param name="Device">What the browser's cookie says, or will say from now on.</param>
/// <param name="Browser">Its own name of itself.</param>
public sealed record SignInPlace(string Network, string Device, string Browser);
