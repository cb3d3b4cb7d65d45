namespace Bot.Data.Staff;

/// <summary>Passwords and second factors. Secrets come here hashed or sealed.</summary>
public interface IStaffSignIn
{
    /// <returns>Null for a name that nobody has.</returns>
    Task<StaffCredentials?> FindAsync(string name, CancellationToken ct);

    Task<StaffCredentials?> FindAsync(long id, CancellationToken ct);

    /// <summary>Notes that they came in.</summary>
    Task SucceededAsync(long id, CancellationToken ct);

    /// <summary>Notes the time step of a code.</summary>
    /// <returns>False when that step, or a later one, was used before.</returns>
    Task<bool> UseCodeAsync(long id, long step, CancellationToken ct);

    /// <summary>Takes a recovery code away.</summary>
    /// <returns>False when it is none of theirs, or was used.</returns>
    Task<bool> UseRecoveryCodeAsync(long id, string code, CancellationToken ct);

    /// <returns>To whom of the office's provider the account is bound; null for nobody yet.</returns>
    Task<string?> BoundToAsync(long id, CancellationToken ct);

    /// <summary>Binds the account to whom the office's provider vouches for, the first time.</summary>
    /// <param name="subject">Issuer and subject, at most 600 characters.</param>
    /// <returns>False when it is bound to somebody else.</returns>
    Task<bool> BindAsync(long id, string subject, CancellationToken ct);

    /// <param name="recoveryCodes">Kept as hashes; those of before are gone.</param>
    Task EnrolAsync(long id, byte[] sealedSecret, long step, IReadOnlyList<string> recoveryCodes, CancellationToken ct);
}

/// <param name="SecondFactor">Sealed; null: not enrolled.</param>
public sealed record StaffCredentials(
    StaffMember Member, string PasswordHash, bool Active, bool Demo, byte[]? SecondFactor, int RecoveryCodesLeft);
