namespace Bot.Bench.Fuzz;

/// <summary>Changes an input a little, as a careless or hostile sender would. The same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed, int longest)
{
    private static readonly byte[][] s_words =
    [
        .. ((string[])
        [
            "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "&#0;", "&#x10FFFF;", "&amp;", "</", "/>", "<xml>", "<MsgType>", "<Event>", "<Content/>",
            "{", "}", "[", "]", "\"", "\\u0000", "\\ud800", "null", "1e999", "-1", "0", "9223372036854775808", "18446744073709551616", "2147483648",
            ",", ";", "\t", "\"\"", "\r\n", "openid", "\ufeff", "😀", "\u0000", "\u200b", "一二三", "=cmd|' /C calc'!A0",
        ]).Select(System.Text.Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
    ];

#pragma warning disable CA5394 // Repeatable, not secret.
    private readonly Random _random = new(seed);

    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        var input = new List<byte>(corpus[_random.Next(corpus.Count)]);
        for (var changes = 1 << _random.Next(5); changes > 0; changes--)
            Change(input, corpus);
        if (input.Count > longest)
            input.RemoveRange(longest, input.Count - longest);
        return [.. input];
    }

    private void Change(List<byte> input, IReadOnlyList<byte[]> corpus)
    {
        var at = _random.Next(input.Count + 1);
        var length = Math.Min(_random.Next(1, 1 << _random.Next(1, 9)), input.Count - at);
        switch (_random.Next(8))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(_random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 4:
                input.RemoveRange(at, input.Count - at);
                break;
            case 5:
                Splice(input, at, corpus[_random.Next(corpus.Count)]);
                break;
            default:
                input.InsertRange(at, s_words[_random.Next(s_words.Length)]);
                break;
        }
    }

    private void Splice(List<byte> input, int at, byte[] other)
    {
        var from = _random.Next(other.Length + 1);
        input.RemoveRange(at, input.Count - at);
        input.AddRange(other.AsSpan(from));
    }
#pragma warning restore CA5394
}
