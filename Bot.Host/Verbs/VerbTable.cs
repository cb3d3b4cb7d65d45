namespace Bot.Host.Verbs;

/// <summary>What the program does, a line a verb: the way it is called, and who does it.</summary>
internal static class VerbTable
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("serve", "serve (default)", Serve.RunAsync),
        new("migrate", "migrate", Migrate.RunAsync),
        new("doctor", "doctor", Doctor.RunAsync),
        new("probe", "probe", Probe.RunAsync),
        new("sbom", "sbom", Sbom.RunAsync),
        new("staff", AddStaff.Usage, AddStaff.RunAsync),
        new("api-key", ApiKeyVerb.Usage, ApiKeyVerb.RunAsync),
        new("import", ImportPolicies.Usage, ImportPolicies.RunAsync),
        new("export", $"{ExportPolicies.Usage}\n  {ExportCitizen.Usage}", Export.RunAsync),
        new("audit", AuditVerify.Usage, AuditVerify.RunAsync),
        new("keys", Keys.Usage, Keys.RunAsync),
        new("erase", Erase.Usage, Erase.RunAsync),
    ];
}

/// <param name="RunAsync">Gets what follows the verb, and gives back the exit code.</param>
internal sealed record Verb(string Name, string Usage, Func<string[], CancellationToken, Task<int>> RunAsync);
