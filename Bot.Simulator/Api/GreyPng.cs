using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Bot.Simulator.Api;

/// <summary>A square picture in shades of grey, as a PNG file.</summary>
internal static class GreyPng
{
    /// <param name="shade">The pixel at x and y from the upper left; 0 is black.</param>
    public static byte[] Draw(int side, Func<int, int, byte> shade)
    {
        using var pixels = new MemoryStream();
        using (var zip = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            // Each line begins with its filter: none.
            var line = new byte[side + 1];
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                    line[x + 1] = shade(x, y);
                zip.Write(line);
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 8;
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", pixels.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }
        return ~crc;
    }
}
