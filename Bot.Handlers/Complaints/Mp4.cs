using System.Buffers.Binary;

namespace Bot.Handlers.Complaints;

/// <summary>Films as phones make them.</summary>
/// <remarks>Source: ISO/IEC 14496-12, boxes of a 4-byte length and a 4-byte name.</remarks>
internal static class Mp4
{
    private const int Header = 8;

    public static bool Is(ReadOnlySpan<byte> bytes) => Brand(bytes) is { Length: > 0 } brand && !IsPicture(brand);

    /// <summary>The box that photos of telephones (HEIC, AVIF) share with films.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("avif"u8);

    /// <returns>The four letters that tell what the file is; empty when it is something else.</returns>
    public static ReadOnlySpan<byte> Brand(ReadOnlySpan<byte> bytes) => bytes.Length > 12 && bytes.Slice(4, 4).SequenceEqual("ftyp"u8) ? bytes.Slice(8, 4) : [];

    /// <summary>The same film, with the boxes that hold place, phone and date (<c>udta</c>, <c>meta</c>) blanked and renamed to free space.</summary>
    public static byte[] WithoutNotes(byte[] film)
    {
        var copy = film.ToArray();
        Blank(copy, inside: false);
        return copy;
    }

    private static void Blank(Span<byte> boxes, bool inside)
    {
        while (boxes.Length >= Header)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(boxes);
            var name = boxes.Slice(4, 4);
            // 0: to the end; 1: a length of 8 bytes follows, which only the pictures themselves need.
            var end = length == 0 ? boxes.Length : length == 1 && boxes.Length >= 16
                ? (int)Math.Min((ulong)boxes.Length, BinaryPrimitives.ReadUInt64BigEndian(boxes[Header..])) : (int)Math.Min(length, (uint)boxes.Length);
            if (end < Header)
                return;
            if (name.SequenceEqual("udta"u8) || name.SequenceEqual("meta"u8))
            {
                "free"u8.CopyTo(name);
                boxes[Header..end].Clear();
            }
            else if (!inside && name.SequenceEqual("moov"u8))
            {
                Blank(boxes[Header..end], inside: true);
            }
            else if (inside && name.SequenceEqual("trak"u8))
            {
                Blank(boxes[Header..end], inside: true);
            }

            boxes = boxes[end..];
        }
    }
}
