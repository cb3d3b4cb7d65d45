namespace Bot.Host.Verbs;

/// <summary><c>export …</c>: what follows says of what.</summary>
internal static class Export
{
    public static Task<int> RunAsync(string[] args, CancellationToken ct) => args switch
    {
        ["citizen", .. var rest] => ExportCitizen.RunAsync(rest, ct),
        _ => Task.FromResult(Usage.Print($"usage: {ExportCitizen.Usage}")),
    };
}
