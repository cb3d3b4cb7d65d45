using System.Collections.Frozen;

namespace Bot.Handlers.Texts;

/// <summary>Reads the file of sentences: <c>[key]</c> begins an entry, the lines below are its words as the citizen sees them.</summary>
/// <remarks>Lines that begin with <c>#</c> are for the editor. Blank lines inside an entry count, those round it do not.</remarks>
internal static class TextFile
{
    public static FrozenDictionary<string, string> Read(string path)
    {
        Dictionary<string, string> entries = [];
        string? key = null;
        List<string> lines = [];
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith('#'))
                continue;
            if (line is ['[', .. var name, ']'])
            {
                Close();
                key = name;
            }
            else
            {
                lines.Add(line);
            }
        }

        Close();
        return entries.ToFrozenDictionary(StringComparer.Ordinal);

        void Close()
        {
            if (key is not null && !entries.TryAdd(key, string.Join('\n', lines).Trim('\n')))
                throw new InvalidDataException($"{path}: the entry [{key}] stands twice");
            lines.Clear();
        }
    }
}
