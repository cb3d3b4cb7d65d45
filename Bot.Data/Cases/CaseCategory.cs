using System.Collections.Immutable;

namespace Bot.Data.Cases;

/// <summary>What can be filed, who answers it, and by when.</summary>
public sealed record CaseCategory
{
    public required string Code { get; init; }
    public required CaseKind Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>Code of the department; null: the centre keeps it.</summary>
    public string? Department { get; init; }

    /// <summary>Of the department; empty for the centre.</summary>
    public string DepartmentName { get; init; } = "";

    public CaseTerm Term { get; init; } = new(1, 13, null);

    /// <summary>At most three.</summary>
    public ImmutableArray<CaseQuestion> Questions { get; init; } = [];

    /// <summary>Answers go out after a second person read them.</summary>
    public bool NeedsApproval { get; init; }

    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Who answers instead, by words in the place or the story; the first that fits. At most ten.</summary>
    public ImmutableArray<CaseOverride> Overrides { get; init; } = [];

    public int Sort { get; init; } = 100;
    public bool Active { get; init; } = true;
    public int Version { get; init; } = 1;

    /// <summary>Whom a case is meant for; null: the centre.</summary>
    public string? DepartmentFor(string address, string story) =>
        Overrides.FirstOrDefault(o => o.Words.Any(w => address.Contains(w, StringComparison.Ordinal) || story.Contains(w, StringComparison.Ordinal)))?.Department
            ?? Department;
}

/// <param name="Words">One of them is enough.</param>
/// <param name="Department">Its code.</param>
public sealed record CaseOverride(ImmutableArray<string> Words, string Department);

/// <param name="Options">Empty: an answer in the citizen's own words.</param>
public sealed record CaseQuestion(string Prompt, ImmutableArray<string> Options);

/// <summary>By when a case is accepted and answered.</summary>
/// <param name="AcceptDays">Working days after the day of filing.</param>
/// <param name="AnswerDays">Working days after the day of filing.</param>
/// <param name="AnswerHours">Hours round the clock, for what is urgent; wins over days. Such a case is accepted within a quarter of them.</param>
public sealed record CaseTerm(int AcceptDays, int AnswerDays, int? AnswerHours);

/// <summary>The categories, read by every host into memory and told of changes.</summary>
public interface ICaseCategories
{
    /// <returns>All of them, in the order shown.</returns>
    Task<IReadOnlyList<CaseCategory>> AllAsync(CancellationToken ct);

    /// <summary>Changes everything but code and kind, or adds it when its version is 0.</summary>
    /// <returns>False when somebody else changed it meanwhile, the code or name is taken, or a department is gone.</returns>
    Task<bool> SaveAsync(CaseCategory category, Staff.StaffMember actor, CancellationToken ct);

    /// <summary>Fills an empty installation; what is there already stays as it is.</summary>
    Task ImportAsync(IReadOnlyCollection<CaseCategory> categories, IReadOnlyCollection<CasePhrase> phrases, CancellationToken ct);

    /// <summary>Names of departments by code.</summary>
    Task<IReadOnlyDictionary<string, string>> DepartmentsAsync(CancellationToken ct);
}
