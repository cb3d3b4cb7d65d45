using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Bot.Data.Audit;
using Bot.Data.Privacy;

namespace Bot.Data.Postgres;

/// <summary>One link of the chain: a digest (SHA-256, or SM3) over the hash before and over every column, each with its length before it, so that no text can pass for two.</summary>
internal static class AuditSeal
{
    private const int HashLength = 32;

    /// <summary>What the first entry follows.</summary>
    public static byte[] Beginning { get; } = new byte[HashLength];

    /// <param name="entry">With its place in the chain.</param>
    public static byte[] HashOf(CipherSuite suite, byte[] previous, AuditEntry entry)
    {
        var link = new ArrayBufferWriter<byte>(512);
        link.Write(previous);
        Append(link, entry.Seal!.Value);
        Append(link, entry.Id);
        Append(link, (entry.At.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        foreach (var text in (ReadOnlySpan<string>)[entry.Actor, entry.Act, entry.SubjectKind, entry.Subject, entry.Details])
        {
            Append(link, Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, link);
        }

        return suite.Digest(link.WrittenSpan);
    }

    private static void Append(ArrayBufferWriter<byte> link, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(link.GetSpan(sizeof(long)), number);
        link.Advance(sizeof(long));
    }
}
