using Bot.Handlers.Language;
using Bot.WeChat;

namespace Bot.Handlers.Routing;

/// <summary>What a citizen typed or said, in one spelling.</summary>
/// <param name="Raw">As sent, without the blanks round it: an answer in the citizen's own words.</param>
/// <param name="Words">Folded (width, traditional characters, capitals) and without the marks round it: a command.</param>
public readonly record struct Utterance(string Raw, string Words)
{
    // Longer than any question; what is cut off could not be a command.
    private const int LongestWords = 2000;
    private const int LongestSpaced = 15;

    // Our own sentences put words into quotation marks, and citizens copy them.
    private static ReadOnlySpan<char> Opening => " \"'“‘「『【";

    private static ReadOnlySpan<char> Marks => " \t\r\n。．.,，、!！~～…;；:：\"'“”‘’」』】";

    /// <summary>The number that the citizen picked from a list, from 1; null when the words are something else.</summary>
    public int? Number => Numerals.Pick(Words);

    /// <returns>Null for a message that is not words: a picture, a place, an event, a recording that nobody understood.</returns>
    public static Utterance? Of(Inbound message) => message switch
    {
        TextMessage text => Of(text.Content),
        VoiceMessage { Recognition: { Length: > 0 } heard } => Of(heard),
        _ => null,
    };

    /// <summary>Without the marks round it, as an answer was meant: dictated ones end with 。</summary>
    public static string Unmarked(string raw) => raw.AsSpan().TrimStart(Opening).TrimEnd(Marks).ToString();

    public static Utterance Of(string text)
    {
        var raw = text.Trim();
        var words = Chinese.Fold(raw.Length > LongestWords ? raw[..LongestWords] : raw);
        var ends = words.AsSpan().TrimStart(Opening).TrimEnd(Marks);
        // ? alone asks for help, however many; behind words it is punctuation.
        if (ends.TrimEnd("? ") is { Length: > 0 } statement)
            ends = statement.TrimEnd(Marks);
        else if (ends.Length > 1)
            ends = "?";
        return new(raw, Joined(ends.Length == words.Length ? words : ends.ToString()));
    }

    // 投 诉, as some phones' voice input writes it; what is in blanks otherwise stays so.
    private static string Joined(string words)
    {
        if (words.Length is < 3 or > LongestSpaced || words.Length % 2 == 0)
            return words;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == ' ' != (i % 2 == 1) || char.IsAscii(words[i]) && words[i] != ' ')
                return words;
        }

        return words.Replace(" ", "", StringComparison.Ordinal);
    }
}
