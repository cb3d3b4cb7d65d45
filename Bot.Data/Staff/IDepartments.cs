namespace Bot.Data.Staff;

/// <summary>部门. They are closed, never deleted: cases and bookings keep naming them.</summary>
public interface IDepartments
{
    /// <returns>All of them, those in use first, then by name.</returns>
    Task<IReadOnlyList<Department>> ListAsync(CancellationToken ct);

    Task<DepartmentSaved> AddAsync(Department department, StaffMember actor, CancellationToken ct);

    /// <summary>Changes everything but the code.</summary>
    Task<DepartmentSaved> ChangeAsync(Department department, StaffMember actor, CancellationToken ct);
}

/// <param name="Code">1 to 32 of <c>a-z 0-9 -</c>, a letter first; stays for ever.</param>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Parent">Code of the department above; null for none.</param>
/// <param name="Phone">At most 40 characters, or empty.</param>
/// <param name="Active">False: nothing new is given to it.</param>
public sealed record Department(string Code, string Name, string? Parent, string Phone, bool Active)
{
    public const int LongestName = 60;
    public const int LongestPhone = 40;
}

public enum DepartmentSaved
{
    Saved,
    CodeTaken,
    NameTaken,

    /// <summary>There is no such department.</summary>
    Unknown,

    /// <summary>The department above does not exist, or lies below this one.</summary>
    WrongParent,
}
