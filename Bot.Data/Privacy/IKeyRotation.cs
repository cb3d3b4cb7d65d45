namespace Bot.Data.Privacy;

/// <summary>Changes the key of personal fields while hosts go on working.</summary>
public interface IKeyRotation
{
    /// <summary>
    /// Brings the keys under the first of <c>Privacy:Keys</c>, makes a new one for fields, seals every field anew, and the pictures that lie open or under another cipher,
    /// and retires the old keys, which open only from then on.
    /// May be cut short at any time: run again, it goes on where it was.
    /// </summary>
    /// <param name="learn">How long hosts get to read the new key before it is used; longer than they keep what they read.</param>
    /// <param name="actor">For the audit log.</param>
    /// <param name="tell">Hears a line about each step.</param>
    Task<KeyRotated> RotateAsync(TimeSpan learn, string actor, Action<string> tell, CancellationToken ct);
}

/// <param name="Key">Id of the key that all fields lie under now.</param>
/// <param name="Rewrapped">Keys that another master key held before.</param>
/// <param name="Fields">Fields that were sealed anew by this run.</param>
/// <param name="Pictures">Pictures that were sealed anew by this run: those that lay open or under another cipher.</param>
/// <param name="Retired">Keys that no field needs any more.</param>
public sealed record KeyRotated(int Key, int Rewrapped, int Fields, int Pictures, int Retired);
