using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Bot.WeChat;

/// <summary>Appends UTF-8 to a buffer writer, a large piece at a time. <see cref="Flush"/> at the end.</summary>
internal ref struct Utf8Output(IBufferWriter<byte> target, int expected)
{
    private readonly IBufferWriter<byte> target = target;
    private Span<byte> room = target.GetSpan(expected);
    private int used;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(room[used..]);
        used += bytes.Length;
    }

    /// <summary>Text without lone surrogates.</summary>
    public void Raw(ReadOnlySpan<char> text)
    {
        Ensure(text.Length * 3);
        Utf8.FromUtf16(text, room[used..], out _, out var written);
        used += written;
    }

    public void Number(long number)
    {
        Ensure(20);
        Utf8Formatter.TryFormat(number, room[used..], out var written);
        used += written;
    }

    public void Flush()
    {
        target.Advance(used);
        room = default;
        used = 0;
    }

    private void Ensure(int count)
    {
        if (room.Length - used >= count)
            return;
        target.Advance(used);
        room = target.GetSpan(Math.Max(count, 1024));
        used = 0;
    }
}
