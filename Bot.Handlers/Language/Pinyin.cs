using System.Text;

namespace Bot.Handlers.Language;

/// <summary>How characters sound, without tones. Syllables are small numbers: equal number, equal sound.</summary>
/// <remarks>v stands for ü, as it is typed. Traditional characters are understood.</remarks>
public static class Pinyin
{
    /// <summary>No syllable: not a Chinese character, or one without a known reading.</summary>
    public const ushort None = 0;

    private const char First = '\u3400';
    private const char Last = '\u9fff';

    private static readonly string[] Names;
    private static readonly ushort[] Readings = new ushort[Last - First + 1];
    private static readonly ushort[] SecondReadings = new ushort[Last - First + 1];
    private static readonly Dictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> Ids;

    static Pinyin()
    {
        List<string> names = [""];
        Dictionary<string, ushort> ids = new(StringComparer.Ordinal);
        foreach (var line in LanguageData.Lines("pinyin.txt"))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var id = (ushort)names.Count;
            names.Add(line[..space]);
            ids.Add(names[id], id);
            var readings = Readings;
            foreach (var c in line.AsSpan(space + 1))
            {
                if (c == '|')
                    readings = SecondReadings;
                else
                    readings[c - First] = id;
            }
        }

        Names = [.. names];
        Ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many syllables there are, <see cref="None"/> among them: ids are below this.</summary>
    public static int Count => Names.Length;

    /// <summary>The usual reading of a character, or <see cref="None"/>.</summary>
    public static ushort Syllable(char c)
    {
        var folded = Chinese.Fold(c);
        return folded is >= First and <= Last ? Readings[folded - First] : None;
    }

    /// <summary>The other reading of a character that has two (行 xing, hang), or <see cref="None"/>.</summary>
    public static ushort SecondSyllable(char c)
    {
        var folded = Chinese.Fold(c);
        return folded is >= First and <= Last ? SecondReadings[folded - First] : None;
    }

    /// <summary>“zheng” and its like; empty for <see cref="None"/>.</summary>
    public static string Name(ushort syllable) => Names[syllable];

    /// <summary>The syllable spelt in small Latin letters, or <see cref="None"/>.</summary>
    public static ushort Find(ReadOnlySpan<char> spelling) => Ids.TryGetValue(spelling, out var id) ? id : None;

    /// <summary>The text as it sounds, joined: 政策 is “zhengce”. What is not Chinese stays, folded.</summary>
    public static string Of(string text)
    {
        StringBuilder sound = new(text.Length * 4);
        foreach (var c in text)
        {
            if (Syllable(c) is var syllable and not None)
                sound.Append(Names[syllable]);
            else
                sound.Append(Chinese.Fold(c));
        }

        return sound.ToString();
    }
}
