using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Bot.WeChat;

/// <summary>SHA-1, in lower-case hex, over the parts sorted by bytes and joined with nothing between.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “接入指南” (three parts) and “消息加解密说明” (four, with the Encrypt text).</remarks>
internal static class Signature
{
    public const int HexLength = 40;

    /// <summary>Characters of a timestamp or nonce; the platform sends ten digits.</summary>
    public const int MaxPart = 128;

    private const int OnStack = 1536;

    /// <summary>Compares in constant time and allocates nothing; false for a part that is missing or too long.</summary>
    public static bool Matches(
        string? given, ReadOnlySpan<byte> token, string? timestamp, string? nonce, ReadOnlySpan<byte> encrypt = default)
    {
        if (given is not { Length: HexLength }
            || timestamp is not { Length: > 0 and <= MaxPart }
            || nonce is not { Length: > 0 and <= MaxPart })
            return false;

        Span<byte> parts = stackalloc byte[6 * MaxPart];
        var first = Encoding.UTF8.GetBytes(timestamp, parts);
        var second = Encoding.UTF8.GetBytes(nonce, parts[first..]);

        Span<byte> ours = stackalloc byte[HexLength];
        Write(token, parts[..first], parts.Slice(first, second), encrypt, ours);

        Span<byte> theirs = stackalloc byte[HexLength];
        return Ascii.FromUtf16(given, theirs, out _) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(ours, theirs);
    }

    /// <param name="d">Empty for a signature of three parts: it sorts first and adds nothing.</param>
    /// <param name="hex">Takes <see cref="HexLength"/> bytes.</param>
    public static void Write(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, Span<byte> hex)
    {
        Order(ref a, ref b);
        Order(ref c, ref d);
        Order(ref a, ref c);
        Order(ref b, ref d);
        Order(ref b, ref c);

        var length = a.Length + b.Length + c.Length + d.Length;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var joined = rented ?? stackalloc byte[OnStack];
        a.CopyTo(joined);
        b.CopyTo(joined[a.Length..]);
        c.CopyTo(joined[(a.Length + b.Length)..]);
        d.CopyTo(joined[(a.Length + b.Length + c.Length)..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The platform's protocol; a keyed check of freshness, not a fingerprint of documents.
        SHA1.HashData(joined[..length], hash);
#pragma warning restore CA5350
        Convert.TryToHexStringLower(hash, hex, out _);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Order(ref ReadOnlySpan<byte> low, ref ReadOnlySpan<byte> high)
    {
        if (low.SequenceCompareTo(high) <= 0)
            return;
        var swap = low;
        low = high;
        high = swap;
    }
}
