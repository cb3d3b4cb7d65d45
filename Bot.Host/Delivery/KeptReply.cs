using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>An answer as the session store keeps it for repeats of its message.</summary>
/// <remarks>
/// The frame round an answer's words follows from the message, so words are kept alone, behind the time that the answer bears: the
/// store then holds half the bytes for its ten minutes. Every other answer is kept as it was written, and that never begins with a digit.
/// </remarks>
internal static class KeptReply
{
    private const byte AfterTime = (byte)'\n';
    private const int LongestTime = 20;

    /// <param name="time">Seconds since 1970-01-01 UTC.</param>
    public static void Write(Reply.Text reply, long time, IBufferWriter<byte> output)
    {
        var frame = output.GetSpan(LongestTime + 1);
        Utf8Formatter.TryFormat(time, frame, out var length);
        frame[length] = AfterTime;
        output.Advance(length + 1);
        Encoding.UTF8.GetBytes(reply.Content, output);
    }

    /// <summary>False for an answer that was kept as it was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> kept, out Reply reply, out long time)
    {
        reply = Reply.Silence;
        if (!Utf8Parser.TryParse(kept, out time, out var length) || length == kept.Length || kept[length] != AfterTime)
            return false;
        reply = Reply.Say(Encoding.UTF8.GetString(kept[(length + 1)..]));
        return true;
    }
}
