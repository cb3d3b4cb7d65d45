namespace Bot.Host.Operation.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Cure">What to do about it; empty when all is well.</param>
internal sealed record DoctorLine(string Name, Verdict Verdict, string Detail, string Cure = "")
{
    public static DoctorLine Well(string name, string detail) => new(name, Verdict.Well, detail);

    /// <summary>Works, but not as it should in earnest.</summary>
    public static DoctorLine Doubtful(string name, string detail, string cure) => new(name, Verdict.Doubtful, detail, cure);

    public static DoctorLine Ill(string name, string detail, string cure) => new(name, Verdict.Ill, detail, cure);

    public static DoctorLine Skipped(string name, string why) => new(name, Verdict.Skipped, why);
}

internal enum Verdict
{
    Well,
    Doubtful,
    Ill,
    Skipped,
}

/// <summary>Looks at one part of the house.</summary>
internal interface IDoctorCheck
{
    /// <summary>Ends within a few seconds; what throws is shown as ill.</summary>
    IAsyncEnumerable<DoctorLine> RunAsync(CancellationToken ct);
}
