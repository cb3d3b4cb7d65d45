using ImageMagick;

namespace Bot.Handlers;

/// <summary>Unpacks strangers' pictures: one at a time, and none that takes more memory than a host has to spare.</summary>
public static class Pictures
{
    private const long MostPixels = 60_000_000;
    private const long MostUnpacked = 30_000_000;             // 4 bytes each, and as much again where it is turned upright

    private static readonly SemaphoreSlim s_turn = new(1);

    static Pictures()
    {
        // A small file can unpack to a wall of pixels.
        ResourceLimits.Width = ResourceLimits.Height = 20_000;
        ResourceLimits.Memory = 256UL * 1024 * 1024;
        ResourceLimits.Disk = 0;
    }

    /// <param name="format">Told, never guessed by the library: some of those that it knows are programs.</param>
    /// <param name="widest">Pixels that are wanted of it: a large JPEG is made smaller while it is unpacked.</param>
    public static MagickReadSettings Settings(MagickImageInfo head, MagickFormat format, uint widest)
    {
        MagickReadSettings settings = new() { Format = format, FrameIndex = 0, FrameCount = 1 };
        // A small one would be blown up.
        if (ScaleOf(head, widest) > 1)
            settings.SetDefine(MagickFormat.Jpeg, "size", $"{widest}x{widest}");
        return settings;
    }

    /// <summary>What it says of itself: nothing is unpacked for that.</summary>
    public static MagickImageInfo Head(byte[] bytes, MagickFormat format) => new(bytes, new MagickReadSettings { Format = format });

    public static bool IsHuge(MagickImageInfo head, uint widest)
    {
        var pixels = (long)head.Width * head.Height;
        var scale = ScaleOf(head, widest);
        return pixels > MostPixels || pixels / scale / scale > MostUnpacked;
    }

    /// <summary>It says nothing of the picture: another time there may be room for it.</summary>
    public static bool IsOutOfRoom(MagickException fault) => fault is MagickResourceLimitErrorException or MagickCacheErrorException;

    private static uint ScaleOf(MagickImageInfo head, uint widest) =>
        head.Format is MagickFormat.Jpeg or MagickFormat.Jpg ? Math.Max(1, Math.Min(head.Width, head.Height) / widest) : 1;

    public static async Task<T> OneAtATimeAsync<T>(Func<T> read, CancellationToken ct)
    {
        await s_turn.WaitAsync(ct);
        try
        {
            return read();
        }
        finally
        {
            s_turn.Release();
        }
    }
}
