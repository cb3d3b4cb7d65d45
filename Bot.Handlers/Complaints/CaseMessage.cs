using System.Globalization;
using Bot.Data.Cases;
using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>Messages that are not words, as a form keeps them.</summary>
internal static class CaseMessage
{
    // No keyboard sends it, so that no words are taken for a picture.
    private const char Mark = '\u0001';

    // Marks behind the words, such as ！！！
    private const int LongestTail = 20;

    /// <summary>A picture, a film, or something that a form cannot keep.</summary>
    public static string? Media(Inbound message) => message switch
    {
        ImageMessage image => $"{Mark}i{image.MediaId}",
        VideoMessage video => $"{Mark}v{video.MediaId}",
        Message => $"{Mark}?",
        _ => null,
    };

    public static string? Place(Inbound message) => message switch
    {
        LocationMessage place => string.Create(CultureInfo.InvariantCulture, $"{Mark}@{place.Latitude:0.######},{place.Longitude:0.######},{place.Label}"),
        Message => $"{Mark}?",
        _ => null,
    };

    public static bool IsMedia(string answer, out string mediaId, out bool video)
    {
        (mediaId, video) = ("", false);
        if (answer.Length < 3 || answer[0] != Mark || answer[1] is not ('i' or 'v'))
            return false;
        (mediaId, video) = (answer[2..], answer[1] == 'v');
        return true;
    }

    /// <summary>A picture among a form's answers is fetched at once; words are not its business.</summary>
    public static Task NoteAsync(this ICasePhotos photos, OpenId citizen, Guid run, string answer, CancellationToken ct) =>
        IsMedia(answer, out var mediaId, out var video) ? photos.AddAsync(citizen, run, mediaId, video, ct) : Task.CompletedTask;

    public static bool IsUnusable(string answer) => answer.Length >= 1 && answer[0] == Mark && !IsMedia(answer, out _, out _);

    /// <returns>Null for words.</returns>
    public static CasePlace? ReadPlace(string answer)
    {
        if (answer.Length < 2 || answer[0] != Mark || answer[1] != '@' || answer[2..].Split(',', 3) is not [var north, var east, var label])
            return null;
        return new(double.Parse(north, CultureInfo.InvariantCulture), double.Parse(east, CultureInfo.InvariantCulture), label);
    }

    /// <summary>A command's argument is folded to one spelling; a story is kept as it was written.</summary>
    public static string AsWritten(Inbound message, string words)
    {
        if (Utterance.Of(message) is { Raw: var raw })
        {
            for (var from = Math.Max(0, raw.Length - words.Length - LongestTail); from < raw.Length; from++)
            {
                if (Utterance.Of(raw[from..]).Words == words)
                    return raw[from..].Trim();
            }
        }

        return words;
    }

    /// <summary>As a database keeps it.</summary>
    public static string Clean(string words) => words.Replace("\0", "", StringComparison.Ordinal).Replace(Mark, ' ');
}
