using ImageMagick;

namespace Bot.Handlers.Complaints;

/// <summary>A photo or film as it may be kept and shown: known by its content, freed of where and by whom it was taken.</summary>
/// <param name="Thumbnail">JPEG; null for a film.</param>
public sealed record PhotoFile(string ContentType, byte[] Content, byte[]? Thumbnail)
{
    public const int LargestBytes = 10 * 1024 * 1024;

    private const uint Widest = 2400;
    private const uint ThumbnailWidth = 320;
    private const uint Quality = 86;

    /// <returns>Null when it is neither a photo nor a film that we know, or has too many pixels.</returns>
    /// <exception cref="MagickException">There is no room for it now.</exception>
    public static async Task<PhotoFile?> ReadAsync(byte[] bytes, CancellationToken ct) =>
        Mp4.Is(bytes) ? Read(bytes) : await Pictures.OneAtATimeAsync(() => Read(bytes), ct);

    /// <summary>A picture of more pixels than we unpack.</summary>
    public static bool IsHuge(byte[] bytes)
    {
        try
        {
            return FormatOf(bytes) is { } format && Pictures.IsHuge(Pictures.Head(bytes, format), Widest);
        }
        catch (MagickException)
        {
            return false;
        }
    }

    internal static PhotoFile? Read(byte[] bytes)
    {
        if (Mp4.Is(bytes))
            return new("video/mp4", Mp4.WithoutNotes(bytes), null);
        if (FormatOf(bytes) is not { } format)
            return null;
        try
        {
            var head = Pictures.Head(bytes, format);
            if (Pictures.IsHuge(head, Widest))
                return null;
            using var image = new MagickImage(bytes, Pictures.Settings(head, format, Widest));
            image.AutoOrient();
            image.Strip();
            if (image.Width > Widest || image.Height > Widest)
                image.Resize(Widest, Widest);
            var content = Written(image, format is MagickFormat.Png ? MagickFormat.Png : MagickFormat.Jpeg);
            image.Resize(ThumbnailWidth, ThumbnailWidth);
            return content.Length > LargestBytes ? null : new(format is MagickFormat.Png ? "image/png" : "image/jpeg", content, Written(image, MagickFormat.Jpeg));
        }
        catch (MagickException e) when (!Pictures.IsOutOfRoom(e))
        {
            return null;
        }
    }

    private static byte[] Written(MagickImage image, MagickFormat format)
    {
        if (format is MagickFormat.Jpeg)
        {
            image.BackgroundColor = MagickColors.White;
            image.Alpha(AlphaAction.Remove);
            image.Quality = Quality;
        }

        return image.ToByteArray(format);
    }

    private static MagickFormat? FormatOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => MagickFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => MagickFormat.Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => MagickFormat.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => MagickFormat.WebP,
        [(byte)'B', (byte)'M', ..] => MagickFormat.Bmp,
        _ when Mp4.Brand(bytes) is var brand && Mp4.IsPicture(brand) => brand.SequenceEqual("avif"u8) ? MagickFormat.Avif : MagickFormat.Heic,
        _ => null,
    };
}
