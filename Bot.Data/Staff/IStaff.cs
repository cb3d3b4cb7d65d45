namespace Bot.Data.Staff;

/// <summary>The people who work here, for those who manage them. Every change is in the audit log.</summary>
public interface IStaff
{
    Task<StaffPage> ListAsync(StaffQuery query, CancellationToken ct);

    Task<StaffRecord?> FindAsync(long id, CancellationToken ct);

    /// <returns>What everybody is called, also those who left, by what they sign in with.</returns>
    Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken ct);

    /// <param name="passwordHash">Of a password that is to be changed at the first sign-in, unless <see cref="NewStaff.PasswordKept"/>.</param>
    Task<StaffSaved> AddAsync(NewStaff person, string passwordHash, string actor, CancellationToken ct);

    /// <param name="version">Of the record that was edited: somebody else's change in between is not overwritten.</param>
    Task<StaffSaved> ChangeAsync(StaffChange change, int version, string actor, CancellationToken ct);

    /// <summary>Sets another password and ends all sessions but <paramref name="keep"/>.</summary>
    /// <param name="temporary">Somebody else chose it: it must be changed at the next sign-in.</param>
    Task<bool> SetPasswordAsync(long id, string passwordHash, bool temporary, long? keep, string actor, CancellationToken ct);

    /// <summary>Takes the second factor away, so that it is set up anew at the next sign-in; ends all sessions.</summary>
    Task<bool> ResetSecondFactorAsync(long id, string actor, CancellationToken ct);
}

/// <param name="Text">Part of a name; empty for all.</param>
/// <param name="Page">From 1.</param>
public sealed record StaffQuery(string Text, StaffRole? Role, string? Department, bool? Active, int Page, int Size);

public sealed record StaffPage(IReadOnlyList<StaffRecord> People, int Total);

/// <param name="HasSecondFactor">Whether codes from a phone are asked for.</param>
public sealed record StaffRecord(
    StaffMember Member, string? DepartmentName, bool Active, bool Demo, bool HasSecondFactor, int Version, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

/// <param name="Name">2 to 32 of <c>a-z 0-9 . _ -</c>, a letter first.</param>
/// <param name="DisplayName">1 to 40 characters.</param>
/// <param name="PasswordKept">True: they chose the password themselves.</param>
/// <param name="Demo">Needs no second factor, and signs in in demo mode only.</param>
public sealed record NewStaff(string Name, string DisplayName, IReadOnlyList<StaffRole> Roles, string? Department, bool PasswordKept = false, bool Demo = false)
{
    public const string NamePattern = "^[a-z][a-z0-9._-]{1,31}$";
    public const int LongestDisplayName = 40;
}

public sealed record StaffChange(long Id, string DisplayName, IReadOnlyList<StaffRole> Roles, string? Department, bool Active);

public enum StaffSaved
{
    Saved,
    NameTaken,
    UnknownDepartment,

    /// <summary>There is nobody of this id.</summary>
    Unknown,

    /// <summary>Somebody else changed the record in between.</summary>
    ChangedMeanwhile,

    /// <summary>Nobody could manage people any more.</summary>
    LastAdministrator,
}
