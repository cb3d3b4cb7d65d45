using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Data.Postgres;

/// <summary>One link of the chain: SHA-256 over the hash before and over every column, each with its length before it, so that no text can pass for two.</summary>
internal static class AuditSeal
{
    /// <summary>What the first entry follows.</summary>
    public static byte[] Beginning { get; } = new byte[SHA256.HashSizeInBytes];

    public static byte[] HashOf(byte[] previous, long seal, long id, DateTime at, string actor, string act, string subjectKind, string subject, string details)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, seal);
        Append(hash, id);
        Append(hash, (at.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        foreach (var text in (ReadOnlySpan<string>)[actor, act, subjectKind, subject, details])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Append(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
