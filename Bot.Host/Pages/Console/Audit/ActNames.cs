namespace Bot.Host.Pages.Console;

/// <summary>The Chinese names of acts and of their details, from acts.txt; what has none shows its code.</summary>
internal static class ActNames
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_names = new(Read);

    /// <summary>By code.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Acts => s_names.Value.Where(name => name.Key.Contains('.', StringComparison.Ordinal));

    public static string Of(string code) => s_names.Value.GetValueOrDefault(code, code);

    private static Dictionary<string, string> Read()
    {
        using var file = new StreamReader(typeof(ActNames).Assembly.GetManifestResourceStream("Console/acts.txt")!);
        return file.ReadToEnd().Split('\n').Select(line => line.Split(" = ", 2)).Where(parts => parts.Length == 2 && parts[0][0] != '#').ToDictionary(p => p[0], p => p[1].Trim());
    }
}
