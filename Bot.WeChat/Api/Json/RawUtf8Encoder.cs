using System.Text;
using System.Text.Encodings.Web;

namespace Bot.WeChat.Api;

/// <summary>Writes JSON text as raw UTF-8, emoji included, with no <c>\u</c> escape at all.</summary>
/// <remarks>
/// The platform shows <c>\uXXXX</c> to users or refuses it (40033, 47002), and .NET's relaxed encoder still escapes emoji.
/// Control characters that JSON can only write as <c>\u</c> become a blank, broken surrogates become U+FFFD.
/// </remarks>
internal sealed unsafe class RawUtf8Encoder : JavaScriptEncoder
{
    public override int MaxOutputCharactersPerInputCharacter => 2;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            var c = text[i];
            if (WillEncode(c))
                return i;
            if (!char.IsSurrogate(c))
                continue;
            if (!char.IsHighSurrogate(c) || i + 1 == textLength || !char.IsLowSurrogate(text[i + 1]))
                return i;
            i++;
        }
        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var destination = new Span<char>(buffer, bufferLength);
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            < 0x20 => " ",
            _ => null,
        };
        if (escape is null)
            return new Rune(unicodeScalar).TryEncodeToUtf16(destination, out numberOfCharactersWritten);
        numberOfCharactersWritten = escape.TryCopyTo(destination) ? escape.Length : 0;
        return numberOfCharactersWritten > 0;
    }
}
