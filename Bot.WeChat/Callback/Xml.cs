using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Bot.WeChat;

/// <summary>The grammar of XML, as far as the platform uses it.</summary>
internal static class Xml
{
    /// <summary>What cannot be in a name; the first of them ends it.</summary>
    public static readonly SearchValues<byte> EndOfName = SearchValues.Create(" \t\r\n/>=<\"'&!?;"u8);

    public static bool StartsName(byte b) => b >= 0x80 || char.IsAsciiLetter((char)b) || b is (byte)'_' or (byte)':';

    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start]))
            start++;
        return text[start..];
    }

    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
            end--;
        return text[..end];
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => TrimEnd(TrimStart(text));

    /// <summary>Reads a reference from its <c>&amp;</c> on; only the five of XML and numbers are known, so nothing can expand.</summary>
    /// <param name="taken">Bytes read, with the <c>;</c>.</param>
    public static bool ReadReference(ReadOnlySpan<byte> text, out Rune rune, out int taken)
    {
        rune = default;
        var end = text[..Math.Min(text.Length, 12)].IndexOf((byte)';');
        taken = end + 1;
        if (end < 0)
            return false;
        var name = text[1..end];
        var known = name switch
        {
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            _ => '\0',
        };
        if (known != '\0')
        {
            rune = new Rune(known);
            return true;
        }

        if (name is not [(byte)'#', .. var number])
            return false;
        var hex = number is [(byte)'x', ..];
        if (hex)
            number = number[1..];
        return Utf8Parser.TryParse(number, out uint code, out var digits, hex ? 'X' : default)
            && digits == number.Length
            && code != 0
            && Rune.TryCreate(code, out rune);
    }
}
