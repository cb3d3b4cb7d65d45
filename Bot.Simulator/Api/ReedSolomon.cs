namespace Bot.Simulator.Api;

/// <summary>The check bytes of a QR code: remainders in GF(256) with the polynomial 0x11d.</summary>
internal static class ReedSolomon
{
    /// <param name="count">Check bytes per block.</param>
    public static Func<byte[], byte[]> Checks(int count)
    {
        var generator = new byte[count];
        generator[^1] = 1;
        byte root = 1;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                generator[j] = Multiply(generator[j], root);
                if (j + 1 < count)
                    generator[j] ^= generator[j + 1];
            }
            root = Multiply(root, 2);
        }
        return block => Remainder(block, generator);
    }

    private static byte[] Remainder(byte[] block, byte[] generator)
    {
        var rest = new byte[generator.Length];
        foreach (var b in block)
        {
            var factor = (byte)(b ^ rest[0]);
            rest.AsSpan(1).CopyTo(rest);
            rest[^1] = 0;
            for (var i = 0; i < rest.Length; i++)
                rest[i] ^= Multiply(generator[i], factor);
        }
        return rest;
    }

    private static byte Multiply(byte a, byte b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
        {
            product = product << 1 ^ (product >> 7) * 0x11d;
            product ^= (b >> i & 1) * a;
        }
        return (byte)product;
    }
}
