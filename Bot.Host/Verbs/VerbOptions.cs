using System.Text.RegularExpressions;

namespace Bot.Host.Verbs;

/// <summary>What may follow a verb: the options of its usage, and settings of the host such as <c>--Bot:Demo=true</c>.</summary>
internal static partial class VerbOptions
{
    // ASP.NET's own, which have no section.
    private static readonly string[] s_host = ["urls", "environment", "http_ports", "https_ports"];

    /// <returns>One line about the first option that is neither or lacks its value: misspelt, it would be passed over in silence. Null for none.</returns>
    public static string? Fault(string usage, string[] args)
    {
        var options = Option().Matches(usage).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Success);
        for (var i = 0; i < args.Length; i++)
        {
            if (options.TryGetValue(args[i], out var takesValue))
            {
                if (takesValue && (++i == args.Length || args[i].StartsWith("--", StringComparison.Ordinal)))
                    return $"{args[i - 1]} lacks its value. usage: {usage}";
            }
            else if (args[i].StartsWith('-') && !IsSetting(args[i].TrimStart('-').Split('=')[0]))
            {
                return $"There is no option {args[i]}. usage: {usage}";
            }
            else if (args[i].StartsWith('-') && !args[i].Contains('=', StringComparison.Ordinal))
            {
                i++;                                        // the setting's value
            }
        }

        return null;
    }

    private static bool IsSetting(string name) => name.Contains(':', StringComparison.Ordinal) || s_host.Contains(name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("(--[a-z-]+)( [A-Za-z])?")]
    private static partial Regex Option();
}
