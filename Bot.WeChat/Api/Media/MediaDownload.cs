namespace Bot.WeChat.Api;

/// <summary>Fetches a citizen's file; a video takes a second request to the address that the first one names.</summary>
internal sealed class MediaDownload(WeChatApi api, ApiTransport transport, ApiHosts hosts)
{
    // Repeated by nobody: half of it may be written already.
    private static readonly ApiCall Get = ApiCall.GetOnce("/cgi-bin/media/get").ForMedia();

    /// <summary>Where the platform keeps videos. The address comes out of an answer, so it is not followed just anywhere.</summary>
    private static readonly string[] VideoHosts = ["qq.com", "qpic.cn", "qlogo.cn"];

    public async Task<ApiResult<MediaReceived>> GetAsync(string mediaId, Stream destination, long maxBytes, CancellationToken ct)
    {
        var reader = new MediaReader(destination, maxBytes);
        var found = await api.SendAsync(Get, $"media_id={Uri.EscapeDataString(mediaId)}", null, reader, Get.Repeatable, ct);
        if (!found.Ok)
            return found.Error;
        if (found.Value.Received is { } received)
            return received;
        if (!Uri.TryCreate(found.Value.VideoUrl, UriKind.Absolute, out var video) || !IsOfThePlatform(video))
            return ApiError.OutcomeUnknown("the video is kept at an unknown place");
        return (await transport.FetchAsync(Get, video, reader, ct)).Map(f => f.Received);
    }

    private bool IsOfThePlatform(Uri video) =>
        video.Scheme is "http" or "https"
        && (VideoHosts.Any(host => video.Host == host || video.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase))
            || hosts.Configured is { } own && new Uri(own) is var address && video.Authority == address.Authority);
}

/// <summary>Either the file, now in the destination, or where the video is.</summary>
internal sealed record MediaFound(MediaReceived? Received, string? VideoUrl);

internal sealed class VideoUrlAnswer : Answer
{
    public string? VideoUrl { get; init; }
}
