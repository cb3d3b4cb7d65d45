using System.Globalization;
using System.Text;

namespace Bot.WeChat.Api;

/// <summary>Cuts text that is too long for one message.</summary>
internal static class TextPieces
{
    /// <summary>Pieces of at most so many bytes of UTF-8; cut after a line where there is one in the second half, never inside a character.</summary>
    public static IEnumerable<string> Of(string text, int maxBytes)
    {
        var rest = text;
        while (Encoding.UTF8.GetByteCount(rest) > maxBytes)
        {
            var fits = LongestPrefix(rest, maxBytes);
            var line = rest.LastIndexOf('\n', fits - 1);
            var cut = line > fits / 2 ? line : fits;
            // An empty message is refused (44004).
            if (rest[..cut].TrimEnd() is { Length: > 0 } piece)
                yield return piece;
            rest = rest[cut..].TrimStart('\n', '\r');
        }
        if (!string.IsNullOrWhiteSpace(rest))
            yield return rest;
    }

    private static int LongestPrefix(string text, int maxBytes)
    {
        int chars = 0, bytes = 0;
        while (chars < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, chars);
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(chars, length));
            if (bytes > maxBytes)
                break;
            chars += length;
        }
        // A single “character” of thousands of marks: cut it anyway, or nothing would ever be sent.
        return chars > 0 ? chars : Math.Min(text.Length, maxBytes / 3);
    }
}
