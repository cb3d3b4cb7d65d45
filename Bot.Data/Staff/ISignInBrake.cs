namespace Bot.Data.Staff;

/// <summary>How often a name may be tried. Wrong tries are counted where they come from, so that nobody is kept out by others; those from places where the name never got in also together,
/// more slowly. Whether somebody has the name makes no difference.</summary>
public interface ISignInBrake
{
    /// <summary>Counts a try as a wrong one, before anybody looks whether it is: however many come at once, so many are looked at as one after the other.</summary>
    /// <returns>What is told of it next, unless nothing is accepted from there.</returns>
    Task<SignInTry> BeginAsync(string name, SignInPlace place, CancellationToken ct);

    /// <summary>It was a wrong password or code.</summary>
    /// <param name="act">For the audit log; null for a name that nobody has.</param>
    /// <returns>Until when nothing more is accepted from there; null when it is.</returns>
    Task<DateTimeOffset?> WrongAsync(SignInTry begun, string? act, CancellationToken ct);

    /// <summary>It was right: all is as if it had not been counted.</summary>
    Task RightAsync(SignInTry begun, CancellationToken ct);

    /// <summary>They are in: what failed from there is forgotten, and the place is known as theirs.</summary>
    Task WelcomeAsync(string name, SignInPlace place, CancellationToken ct);
}

/// <param name="RestsUntil">Nothing is accepted from there until then; null when this try is.</param>
public sealed record SignInTry(string Name, DateTimeOffset? RestsUntil, DateTimeOffset At)
{
    internal IReadOnlyList<SignInCount> Before { get; init; } = [];
}

/// <summary>The wrong tries that came from a place within a day.</summary>
/// <param name="Place">Its hash.</param>
/// <param name="Free">So many cost no rest.</param>
internal sealed record SignInCount(byte[] Place, int Failures, DateTimeOffset? FailedAt, int Free);

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Network">An address of the fourth version, or the first half of one of the sixth.</param>
/// <param name="Device">What the browser's cookie says, or will say from now on.</param>
/// <param name="Browser">Its own name of itself.</param>
public sealed record SignInPlace(string Network, string Device, string Browser);
