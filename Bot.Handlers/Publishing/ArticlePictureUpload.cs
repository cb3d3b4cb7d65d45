using Bot.Data.Articles;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>Brings our pictures to the platform, each once: what it calls them is remembered.</summary>
public sealed class ArticlePictureUpload(IArticleFiles files, IMedia media)
{
    /// <returns>The address by which an article may show it.</returns>
    public async Task<ApiResult<string>> ForBodyAsync(string id, CancellationToken ct)
    {
        if ((await files.OnWeChatAsync(id, ct)).Url is { } known)
            return known;
        if (await FileAsync(id, ct) is not { } file)
            return Gone;
        var uploaded = await media.UploadArticlePictureAsync(file, ct);
        if (uploaded.Ok)
            await files.RememberAsync(id, uploaded.Value, null, ct);
        return uploaded;
    }

    /// <returns>The permanent media id that a cover needs.</returns>
    public async Task<ApiResult<string>> ForCoverAsync(string id, CancellationToken ct)
    {
        if ((await files.OnWeChatAsync(id, ct)).MediaId is { } known)
            return known;
        if (await FileAsync(id, ct) is not { } file)
            return Gone;
        var uploaded = await media.AddPermanentAsync(MediaKind.Image, file, null, ct);
        if (!uploaded.Ok)
            return uploaded.Error;
        await files.RememberAsync(id, null, uploaded.Value.MediaId, ct);
        return uploaded.Value.MediaId;
    }

    /// <summary>The platform does not know them any more.</summary>
    public Task ForgetAsync(IReadOnlyCollection<string> ids, CancellationToken ct) => files.ForgetAsync(ids, ct);

    // As the platform itself would say it of a picture that is not there.
    private static ApiError Gone { get; } = new(40007, "the picture is not in our store", null, ErrorClass.FixRequest);

    private async Task<MediaFile?> FileAsync(string id, CancellationToken ct) => await files.ReadAsync(id, ct) is { } found
        ? MediaFile.Of($"{id}.{(found.File.Type == "image/png" ? "png" : "jpg")}", found.File.Type, found.Content)
        : null;
}
