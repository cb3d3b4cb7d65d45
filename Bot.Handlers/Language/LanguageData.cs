using System.Text;

namespace Bot.Handlers.Language;

/// <summary>Reads the tables that are embedded beside this class.</summary>
internal static class LanguageData
{
    /// <summary>Lines of a table, without its comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        var resource = $"{typeof(LanguageData).Namespace}.Data.{name}";
        using var stream = typeof(LanguageData).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                yield return line;
        }
    }
}
