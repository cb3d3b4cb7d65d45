namespace Bot.Data.Staff;

/// <summary>常用筛选: the filters of a list that somebody keeps under a name. A habit of one person, no act of the office: not in the audit log.</summary>
public interface ISavedLists
{
    /// <summary>Of one list.</summary>
    const int Most = 12;

    /// <param name="list">Its path.</param>
    /// <returns>By name.</returns>
    Task<IReadOnlyList<SavedList>> AllAsync(StaffMember person, string list, CancellationToken ct);

    /// <summary>The same name again is changed.</summary>
    /// <param name="name">1 to 20 characters, without spaces around it.</param>
    /// <param name="query">1 to 300 characters.</param>
    /// <returns>False when there are <see cref="Most"/> others.</returns>
    Task<bool> SaveAsync(StaffMember person, string list, string name, string query, CancellationToken ct);

    /// <returns>False when it is not theirs, or gone.</returns>
    Task<bool> DeleteAsync(StaffMember person, long id, CancellationToken ct);
}

public sealed record SavedList(long Id, string Name, string Query);
