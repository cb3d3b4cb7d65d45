namespace Bot.Host.Verbs;

internal static class Usage
{
    private const int BadUsage = 64; // EX_USAGE

    // A line a verb.
    private static readonly string[] s_verbs =
    [
        "serve (default)",
        "migrate",
        "doctor",
        "probe",
        "sbom",
        AddStaff.Usage,
        ApiKeyVerb.Usage,
        ImportPolicies.Usage,
        ExportPolicies.Usage,
        AuditVerify.Usage,
        Keys.Usage,
        Erase.Usage,
        ExportCitizen.Usage,
    ];

    public static int Unknown(string verb) => Print($"There is no verb “{verb}”. Verbs:\n  {string.Join("\n  ", s_verbs)}");

    public static int Print(string words)
    {
        Console.Error.WriteLine(words);
        return BadUsage;
    }
}
