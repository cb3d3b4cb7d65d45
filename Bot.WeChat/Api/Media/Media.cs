using System.Text;
using System.Text.Json;

namespace Bot.WeChat.Api;

internal sealed class Media(WeChatApi api, MediaDownload downloads) : IMedia
{
    // A double of a temporary file lapses by itself.
    private static readonly ApiCall Upload = ApiCall.Repeat("/cgi-bin/media/upload").ForMedia();
    private static readonly ApiCall AddPermanent = ApiCall.Once("/cgi-bin/material/add_material").ForMedia();
    private static readonly ApiCall UploadPicture = ApiCall.Repeat("/cgi-bin/media/uploadimg").ForMedia();
    private static readonly ApiCall DeletePermanent = ApiCall.Once("/cgi-bin/material/del_material");

    public async Task<ApiResult<string>> UploadAsync(MediaKind kind, MediaFile file, CancellationToken ct)
    {
        using var body = new MultipartBody(file);
        return (await api.SendAsync(Upload, $"type={Name(kind)}", body, JsonReader<MediaAnswer>.Instance, Upload.Repeatable, ct))
            .Map(a => a.MediaId ?? a.ThumbMediaId);
    }

    public async Task<ApiResult<PermanentMedia>> AddPermanentAsync(MediaKind kind, MediaFile file, VideoText? video, CancellationToken ct)
    {
        using var body = new MultipartBody(file, video is null ? null : Json(video));
        return (await api.SendAsync(AddPermanent, $"type={Name(kind)}", body, JsonReader<MediaAnswer>.Instance, AddPermanent.Repeatable, ct))
            .Map(a => a.MediaId is { } id ? new PermanentMedia(id, a.Url) : null);
    }

    public async Task<ApiResult<string>> UploadArticlePictureAsync(MediaFile file, CancellationToken ct)
    {
        using var body = new MultipartBody(file);
        return (await api.SendAsync(UploadPicture, "", body, JsonReader<MediaAnswer>.Instance, UploadPicture.Repeatable, ct)).Map(a => a.Url);
    }

    public Task<ApiResult<MediaReceived>> DownloadAsync(string mediaId, Stream destination, long maxBytes, CancellationToken ct) =>
        downloads.GetAsync(mediaId, destination, maxBytes, ct);

    public Task<ApiResult<Done>> DeletePermanentAsync(string mediaId, CancellationToken ct) =>
        api.DoAsync(DeletePermanent, new MediaIdBody(mediaId), ct);

    private static string Json(VideoText video) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(video, Wire.Of<VideoText>()));

    private static string Name(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Voice => "voice",
        MediaKind.Video => "video",
        MediaKind.Thumb => "thumb",
    };
}

internal sealed class MediaAnswer : Answer
{
    public string? MediaId { get; init; }

    /// <summary>In its place for the kind thumb.</summary>
    public string? ThumbMediaId { get; init; }

    public string? Url { get; init; }
}
