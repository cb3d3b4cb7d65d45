using System.Globalization;

namespace Bot.Bench.Notices;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Arguments(string[] words)
{
    public string Text(string name, string otherwise = "") =>
        Array.IndexOf(words, $"--{name}") is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : otherwise;

    public int Number(string name, int otherwise) =>
        Text(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
