using System.Collections.Frozen;
using System.Text;

namespace Bot.Handlers.Texts;

/// <summary>One sentence of the bot, from <c>zh-CN.txt</c> beside the program, where an editor can change it.</summary>
/// <remarks>Fields of this type are filled when their class is first used, so a missing entry fails at once and by name.</remarks>
public sealed class Text
{
    private static readonly FrozenDictionary<string, string> s_entries = TextFile.Read(Path.Combine(AppContext.BaseDirectory, "Texts", "zh-CN.txt"));

    private readonly string _words;
    private readonly CompositeFormat _format;

    private Text(string key, string words)
    {
        Key = key;
        _words = words;
        _format = CompositeFormat.Parse(words);
    }

    public string Key { get; }

    /// <exception cref="KeyNotFoundException">The file has no entry of that name.</exception>
    public static Text Of(string key) =>
        s_entries.TryGetValue(key, out var words) ? new(key, words) : throw new KeyNotFoundException($"Texts/zh-CN.txt has no entry “{key}”");

    public string Say() => _words;

    /// <param name="values">What {0}, {1}, … in the entry stand for.</param>
    public string Say(params ReadOnlySpan<object?> values) => string.Format(null, _format, values);

    public override string ToString() => _words;

    internal static IEnumerable<string> Keys => s_entries.Keys;
}
