namespace Bot.Host.Pages.Console;

/// <summary>The Chinese names of acts, from acts.txt; an act without one shows its code.</summary>
internal static class ActNames
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_names = new(Read);

    public static IReadOnlyDictionary<string, string> All => s_names.Value;

    public static string Of(string act) => s_names.Value.GetValueOrDefault(act, act);

    private static Dictionary<string, string> Read()
    {
        using var file = new StreamReader(typeof(ActNames).Assembly.GetManifestResourceStream("Console/acts.txt")!);
        return file.ReadToEnd().Split('\n').Select(line => line.Split(" = ", 2)).Where(parts => parts.Length == 2 && parts[0][0] != '#').ToDictionary(p => p[0], p => p[1].Trim());
    }
}
