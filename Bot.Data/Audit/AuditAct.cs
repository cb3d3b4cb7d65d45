namespace Bot.Data.Audit;

/// <summary>Something that somebody did, for the audit log. No personal data anywhere: numbers and ids, not names and phones of citizens.</summary>
/// <param name="Actor">A <see cref="Staff.StaffMember.Name"/>, or <c>system:…</c> or <c>api:…</c> for what no person did; 1 to 128 characters.</param>
/// <param name="Act">Dotted lower-case words, such as <c>case.accept</c>; at most 64 characters. Its Chinese name stands in the console's list of acts.</param>
/// <param name="SubjectKind">Lower-case words, such as <c>case</c>; at most 32 characters.</param>
/// <param name="Subject">Which one: a public number or an id; 1 to 128 characters.</param>
public sealed record AuditAct(string Actor, string Act, string SubjectKind, string Subject)
{
    /// <summary>What else is worth knowing, such as the state before and after; at most 8000 bytes as JSON.</summary>
    public IReadOnlyDictionary<string, string?> Details { get; init; } = new Dictionary<string, string?>();
}
