using ImageMagick;

namespace Bot.Handlers.Publishing;

/// <summary>Makes of an uploaded picture one that phones and WeChat take: upright, without its camera's notes, at most 1440 pixels wide and below 1 MB.</summary>
public static class ArticlePictures
{
    public const int LargestUpload = 10 * 1024 * 1024;

    private const int LargestKept = 1000 * 1000;            // WeChat takes pictures in articles below 1 MB
    private const uint Widest = 1440;
    private static readonly uint[] s_qualities = [86, 76, 64, 50];

    public static Task<PictureRead> ReadAsync(byte[] uploaded, CancellationToken ct) => Pictures.OneAtATimeAsync(() => Read(uploaded), ct);

    internal static PictureRead Read(byte[] uploaded)
    {
        if (uploaded.Length > LargestUpload)
            return new PictureRead.Refused($"图片有 {uploaded.Length / 1024.0 / 1024:0.#} MB，最大 10 MB。请压缩后再上传。");
        if (FormatOf(uploaded) is not { } format)
            return new PictureRead.Refused("这不是能用的图片。请上传 JPG、PNG、WebP 或 BMP 图片。");
        try
        {
            var known = Pictures.Head(uploaded, format);
            if (Pictures.IsHuge(known, Widest))
                return new PictureRead.Refused($"图片尺寸是 {known.Width}×{known.Height}，太大了。请缩小后再上传。");
            using var picture = new MagickImage(uploaded, Pictures.Settings(known, format, Widest));
            picture.AutoOrient();
            picture.Strip();
            if (picture.Width > Widest)
                picture.Resize(Widest, 0);
            return Written(picture);
        }
        catch (MagickException e) when (Pictures.IsOutOfRoom(e))
        {
            return new PictureRead.Refused("现在处理不了这张图片，请过一会儿再上传。");
        }
        catch (MagickException)
        {
            return new PictureRead.Refused("图片文件不完整或已损坏，没有上传。请换一张再试。");
        }
    }

    private static PictureRead Written(MagickImage picture)
    {
        if (picture.HasAlpha && Encoded(picture, MagickFormat.Png) is { Length: < LargestKept } png)
            return new PictureRead.Kept(png, "image/png", (int)picture.Width, (int)picture.Height);
        picture.BackgroundColor = MagickColors.White;
        picture.Alpha(AlphaAction.Remove);
        foreach (var quality in s_qualities)
        {
            picture.Quality = quality;
            if (Encoded(picture, MagickFormat.Jpeg) is { Length: < LargestKept } jpeg)
                return new PictureRead.Kept(jpeg, "image/jpeg", (int)picture.Width, (int)picture.Height);
        }

        return new PictureRead.Refused("图片压缩后仍超过 1 MB，微信不接受。请裁小后再上传。");
    }

    private static byte[] Encoded(MagickImage picture, MagickFormat format) => picture.ToByteArray(format);

    // By its first bytes, whatever its name says; nothing else is ever handed to the decoder.
    private static MagickFormat? FormatOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, 0x50, 0x4e, 0x47, ..] => MagickFormat.Png,
        [0xff, 0xd8, 0xff, ..] => MagickFormat.Jpeg,
        [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => MagickFormat.WebP,
        [0x42, 0x4d, ..] => MagickFormat.Bmp,
        _ => null,
    };
}

public abstract record PictureRead
{
    private PictureRead()
    {
    }

    public sealed record Kept(byte[] Content, string Type, int Width, int Height) : PictureRead;

    /// <param name="Words">For the clerk.</param>
    public sealed record Refused(string Words) : PictureRead;
}
