using System.Text;

namespace Bot.Simulator.Api;

/// <summary>Draws a text of up to 62 bytes as a QR code that real scanners read.</summary>
/// <remarks>Source: ISO/IEC 18004. Always version 4 with error correction M: the platform's addresses have one length.</remarks>
internal static class QrPicture
{
    private const int Size = 33;
    private const int Blocks = 2;
    private const int DataPerBlock = 32;
    private const int CheckPerBlock = 18;
    private const int Scale = 10;
    private const int Quiet = 4;

    public static byte[] Png(string text) => Picture(Matrix(Codewords(Encoding.ASCII.GetBytes(text))));

    private static byte[] Codewords(byte[] text)
    {
        // Mode 0100, length, text, terminator 0000: everything is shifted by half a byte.
        var data = new byte[Blocks * DataPerBlock];
        data[0] = (byte)(0x40 | text.Length >> 4);
        data[1] = (byte)(text.Length << 4);
        for (var i = 0; i < text.Length; i++)
        {
            data[i + 1] |= (byte)(text[i] >> 4);
            data[i + 2] = (byte)(text[i] << 4);
        }
        for (var i = text.Length + 2; i < data.Length; i++)
            data[i] = (byte)((i - text.Length) % 2 == 0 ? 0xec : 0x11);

        byte[][] blocks = [.. data.Chunk(DataPerBlock)];
        byte[][] checks = [.. blocks.Select(ReedSolomon.Checks(CheckPerBlock))];
        return [.. Interleave(blocks), .. Interleave(checks)];
    }

    private static IEnumerable<byte> Interleave(byte[][] blocks) =>
        Enumerable.Range(0, blocks[0].Length).SelectMany(i => blocks.Select(b => b[i]));

    private static bool[,] Matrix(byte[] codewords)
    {
        var (dark, taken) = (new bool[Size, Size], new bool[Size, Size]);
        void Set(int row, int column, bool value) => (dark[row, column], taken[row, column]) = (value, true);

        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }
        foreach (var (top, left) in ((int, int)[])[(0, 0), (0, Size - 7), (Size - 7, 0)])
        {
            for (var r = -1; r <= 7; r++)
            {
                for (var c = -1; c <= 7; c++)
                {
                    if (top + r is >= 0 and < Size && left + c is >= 0 and < Size)
                        Set(top + r, left + c, Ring(r - 3, c - 3) is 3 or 0 or 1);
                }
            }
        }
        for (var r = -2; r <= 2; r++)
        {
            for (var c = -2; c <= 2; c++)
                Set(26 + r, 26 + c, Ring(r, c) != 1);
        }
        PlaceFormat(Set);
        PlaceData(codewords, dark, taken);
        return dark;
    }

    private static int Ring(int row, int column) => Math.Max(Math.Abs(row), Math.Abs(column));

    // Error correction M and mask 0, with their own check bits: 00 000, masked.
    private static void PlaceFormat(Action<int, int, bool> set)
    {
        const int Format = 0x5412;
        for (var i = 0; i < 15; i++)
        {
            var bit = (Format >> i & 1) == 1;
            var (row, column) = i switch { < 6 => (i, 8), < 8 => (i + 1, 8), 8 => (8, 7), _ => (8, 14 - i) };
            set(row, column, bit);
            if (i < 8)
                set(8, Size - 1 - i, bit);
            else
                set(Size - 15 + i, 8, bit);
        }
        set(Size - 8, 8, true);
    }

    private static void PlaceData(byte[] codewords, bool[,] dark, bool[,] taken)
    {
        var at = 0;
        for (var right = Size - 1; right > 0; right -= 2)
        {
            if (right == 6)
                right--;
            for (var step = 0; step < Size; step++)
            {
                var row = (right + 1 & 2) == 0 ? Size - 1 - step : step;
                for (var column = right; column > right - 2; column--)
                {
                    if (taken[row, column])
                        continue;
                    var bit = at < codewords.Length * 8 && (codewords[at / 8] >> 7 - at % 8 & 1) == 1;
                    at++;
                    dark[row, column] = bit ^ (row + column) % 2 == 0;
                }
            }
        }
    }

    private static byte[] Picture(bool[,] dark) => GreyPng.Draw((Size + 2 * Quiet) * Scale, (x, y) =>
    {
        var (row, column) = (y / Scale - Quiet, x / Scale - Quiet);
        return row is >= 0 and < Size && column is >= 0 and < Size && dark[row, column] ? (byte)0 : (byte)255;
    });
}
