using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;

namespace Bot.Host.Verbs;

/// <summary><c>export policies FILE</c>: writes all published documents, in the format that the file's name says.</summary>
internal static class ExportPolicies
{
    public const string Usage = "export policies FILE (.json, .csv, .xlsx or .html)";

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not ["policies", { Length: > 0 } path, .. var settings] || path.StartsWith('-') || PolicyExport.FormatOf(path) is not { } format)
            return Verbs.Usage.Print($"usage: {Usage}");
        return await WithServices.RunAsync(settings, async services =>
        {
            var policies = await services.GetRequiredService<IPolicies>().PublishedAsync(ct);
            // Beside the old file until it is whole.
            var partial = $"{path}.partial";
            await using (var file = File.Create(partial))
                await PolicyExport.WriteAsync(format, policies, file, ct);
            File.Move(partial, path, overwrite: true);
            Console.WriteLine($"已导出 {policies.Count} 条到 {path}。");
            return 0;
        }, ct);
    }
}
