using System.Collections.Frozen;
using System.Text;
using Bot.WeChat;

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

    /// <param name="values">What {0}, {1}, … in the entry stand for. None of them can become a link but a <see cref="Link"/>: much of it was written by citizens.</param>
    public string Say(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (value is string words && words.Contains('<'))
                return string.Format(null, _format, Harmless(values));
        }

        return string.Format(null, _format, values);
    }

    private static ReadOnlySpan<object?> Harmless(ReadOnlySpan<object?> values)
    {
        var harmless = values.ToArray();
        for (var i = 0; i < harmless.Length; i++)
        {
            if (harmless[i] is string words)
                harmless[i] = ReplyText.Escape(words);
        }

        return harmless;
    }

    public override string ToString() => _words;

    internal static IEnumerable<string> Keys => s_entries.Keys;
}
