using System.Globalization;
using System.Text;

namespace Bot.WeChat;

/// <summary>What may be in the text of a reply.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “被动回复用户消息”; XML 1.0, production 2.</remarks>
public static class ReplyText
{
    /// <summary>Characters that XML cannot carry at all, not even as references; surrogates only in pairs.</summary>
    internal static bool IsForbidden(char c) => (c < ' ' && c is not ('\t' or '\n' or '\r')) || c is '\uFFFE' or '\uFFFF';

    /// <summary>How many UTF-16 units the first character takes, and whether a reply can carry it.</summary>
    internal static (int Length, bool Carried) First(ReadOnlySpan<char> text) =>
        text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? (2, true) : (1, !char.IsSurrogate(text[0]) && !IsForbidden(text[0]));

    /// <summary>Nothing to see once what cannot be carried is left out.</summary>
    internal static bool IsBlank(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var (length, carried) = First(text);
            if (carried && !char.IsWhiteSpace(text[0]))
                return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>Makes a citizen's or another outsider's text harmless inside a reply: none of it can become a link.</summary>
    public static string Escape(string text) => text.Replace('<', '＜');

    /// <summary>How many characters of the text fit into so many bytes of UTF-8.</summary>
    /// <returns>
    /// An end that splits neither a character as people see it (an emoji with its skin colour, a letter with its
    /// accent) nor a link; the rest can follow in a message of its own.
    /// </returns>
    public static int Cut(ReadOnlySpan<char> text, int maxBytes)
    {
        if (text.Length * 3L <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text.Length;

        var kept = 0;
        var bytes = 0;
        while (kept < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text[kept..]);
            bytes += Encoding.UTF8.GetByteCount(text.Slice(kept, length));
            if (bytes > maxBytes)
                break;
            kept += length;
        }

        // An element longer than the whole limit: nobody's language, but it must not silence the reply.
        if (kept == 0)
            return CutInsideElement(text, maxBytes);
        var link = text[..kept].LastIndexOf("<a ", StringComparison.OrdinalIgnoreCase);
        return link > 0 && !text[link..kept].Contains("</a>", StringComparison.OrdinalIgnoreCase) ? link : kept;
    }

    private static int CutInsideElement(ReadOnlySpan<char> text, int maxBytes)
    {
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((maxBytes -= rune.Utf8SequenceLength) < 0)
                break;
            kept += rune.Utf16SequenceLength;
        }

        return kept;
    }
}
