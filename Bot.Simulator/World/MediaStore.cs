namespace Bot.Simulator.World;

/// <summary>Temporary media lapse after three days of the virtual clock; permanent ones stay. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class MediaStore(Dice dice, VirtualClock clock, SimulatorOptions options)
{
    // The store lives in memory: beyond this the oldest temporary media go.
    private const long Capacity = 256L * 1024 * 1024;

    private readonly Dictionary<string, Media> _media = new(StringComparer.Ordinal);
    private readonly Queue<string> _temporary = new();
    private long _bytes;

    public Media Keep(string type, string fileName, string contentType, byte[] bytes, bool permanent = false)
    {
        var media = new Media(
            dice.Text(64), type, fileName, contentType, bytes, clock.Now, permanent ? null : clock.Now + options.Limits.MediaLifetime);
        _media.Add(media.Id, media);
        _bytes += bytes.Length;
        if (!permanent)
            _temporary.Enqueue(media.Id);
        while (_bytes > Capacity && _temporary.TryDequeue(out var oldest))
            Forget(oldest);
        return media;
    }

    public Media? Find(string? id) =>
        id is not null && _media.TryGetValue(id, out var media) && (media.Until is null || media.Until > clock.Now) ? media : null;

    public void Forget(string id)
    {
        if (_media.Remove(id, out var media))
            _bytes -= media.Bytes.Length;
    }

    public int Count(string type) => _media.Values.Count(m => m.Until is null && m.Type == type);
}

/// <param name="Type">image, voice, video or thumb.</param>
/// <param name="Until">When it lapses; null never.</param>
internal sealed record Media(
    string Id, string Type, string FileName, string ContentType, byte[] Bytes, DateTimeOffset Created, DateTimeOffset? Until)
{
    /// <summary>Recognises a file by its first bytes; null when it is none that the platform takes.</summary>
    public static string? Sniff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, 0x50, 0x4e, 0x47, ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x47, 0x49, 0x46, 0x38, ..] => "image/gif",
        [0x42, 0x4d, ..] => "image/bmp",
        [0x23, 0x21, 0x41, 0x4d, 0x52, ..] => "audio/amr",
        [0x49, 0x44, 0x33, ..] or [0xff, 0xfb or 0xf3 or 0xf2, ..] => "audio/mpeg",
        [_, _, _, _, 0x66, 0x74, 0x79, 0x70, ..] => "video/mp4",
        _ => null,
    };
}
