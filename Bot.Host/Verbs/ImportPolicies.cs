using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;

namespace Bot.Host.Verbs;

/// <summary><c>import policies FILE</c>: takes in a file of documents, or says for each row what is wrong with it and changes nothing.</summary>
internal static class ImportPolicies
{
    public const string Usage = "import policies FILE (JSON, CSV, XLSX or HTML)";

    private const int MostErrorsShown = 100;
    private const string Shell = "system:shell";

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not ["policies", { Length: > 0 } path, .. var settings] || path.StartsWith('-'))
            return Verbs.Usage.Print($"usage: {Usage}");
        if (!File.Exists(path))
            return Stop.With($"找不到文件 {path}。");
        if (new FileInfo(path).Length > PolicyImport.MostBytes)
            return Stop.With($"文件超过 {PolicyImport.MostBytes >> 20} MB，请分几次导入。");
        var file = PolicyImport.Read(await File.ReadAllBytesAsync(path, ct));
        if (file.Fault is { } fault)
            return Stop.With(fault);
        if (file.Errors.Count > 0)
            return Tell(file.Errors);
        return await WithServices.RunAsync(settings, async services =>
        {
            var changed = await services.GetRequiredService<IPolicies>().ImportAsync(file.Policies, Shell, ct);
            Console.WriteLine($"已导入 {file.Policies.Count} 条，其中 {changed} 条有变化。");
            return 0;
        }, ct);
    }

    private static int Tell(IReadOnlyList<RowError> errors)
    {
        foreach (var error in errors.Take(MostErrorsShown))
            Console.Error.WriteLine($"第 {error.Row} 行 {error.Field}：{error.Reason}");
        if (errors.Count > MostErrorsShown)
            Console.Error.WriteLine($"还有 {errors.Count - MostErrorsShown} 处。");
        return Stop.With($"有 {errors.Select(e => e.Row).Distinct().Count()} 行需要修改，没有导入任何内容。");
    }
}
