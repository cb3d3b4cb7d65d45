namespace Bot.WeChat.Api;

/// <summary>素材: files to and from the platform. Nothing is held in memory whole.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “素材管理”.</remarks>
public interface IMedia
{
    /// <summary>For 3 days.</summary>
    Task<ApiResult<string>> UploadAsync(MediaKind kind, MediaFile file, CancellationToken ct);

    /// <summary>For ever; 100,000 pictures, 1,000 of each other kind.</summary>
    /// <param name="video">Title and introduction; for videos only, and required there.</param>
    Task<ApiResult<PermanentMedia>> AddPermanentAsync(MediaKind kind, MediaFile file, VideoText? video, CancellationToken ct);

    /// <summary>A jpg or png under 1 MB for use inside articles; counts towards nothing.</summary>
    /// <returns>Its address.</returns>
    Task<ApiResult<string>> UploadArticlePictureAsync(MediaFile file, CancellationToken ct);

    /// <summary>What a citizen sent, kept by the platform for 3 days. On an error the destination may hold a part: throw it away.</summary>
    /// <param name="maxBytes">Longer files are refused with 45001 before more than that is written.</param>
    Task<ApiResult<MediaReceived>> DownloadAsync(string mediaId, Stream destination, long maxBytes, CancellationToken ct);

    Task<ApiResult<Done>> DeletePermanentAsync(string mediaId, CancellationToken ct);
}

/// <summary>Limits: image 10 MB (2 MB to be safe when temporary), voice 2 MB and 60 s, video 10 MB mp4, thumb 64 KB jpg.</summary>
public enum MediaKind { Image, Voice, Video, Thumb }

/// <param name="Name">Its ending tells the platform the format; letters outside ASCII are replaced.</param>
/// <param name="ContentType">Such as <c>image/jpeg</c>.</param>
/// <param name="Length">Bytes; the platform's upload servers take no chunks.</param>
/// <param name="Open">Gives the content from its start; called again for a repeat. Disposed after use.</param>
public sealed record MediaFile(string Name, string ContentType, long Length, Func<Stream> Open)
{
    public static MediaFile Of(string name, string contentType, byte[] bytes) =>
        new(name, contentType, bytes.Length, () => new MemoryStream(bytes, writable: false));
}

public sealed record VideoText(string Title, string Introduction);

/// <param name="Url">Pictures only.</param>
public sealed record PermanentMedia(string MediaId, string? Url);

/// <param name="FileName">As the platform suggests; untrusted. Null when it suggests none.</param>
public sealed record MediaReceived(string ContentType, string? FileName, long Length);
