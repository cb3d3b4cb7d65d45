using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;
using Bot.Handlers.Texts;
using Bot.WeChat.Api;
using Microsoft.Extensions.Logging;

namespace Bot.Handlers.Complaints;

/// <summary>Fetches a photo from the platform while it is still there: at once, and then ever more seldom for three days.</summary>
public sealed partial class CasePhotoFetcher(ICasePhotos photos, IMedia media, TimeProvider clock, ILogger<CasePhotoFetcher> logger) : IJobHandler
{
    private const int TooLarge = 45001;
    private const int NoSuchMedia = 40007;

    private static readonly Text s_failed = Text.Of("case.photo-failed");
    private static readonly Text s_tooLarge = Text.Of("case.photo-too-large");
    private static readonly Text s_tooManyPixels = Text.Of("case.photo-too-many-pixels");
    private static readonly Text s_notAPicture = Text.Of("case.photo-not-a-picture");
    private static readonly Text s_lapsed = Text.Of("case.photo-lapsed");

    public string Kind => ICasePhotos.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        if (await photos.FindWaitingAsync(long.Parse(job.Data, CultureInfo.InvariantCulture), ct) is not { } photo)
            return JobOutcome.Finished;
        var age = clock.GetUtcNow() - photo.SentAt;
        using var content = new MemoryStream();
        var got = await media.DownloadAsync(photo.MediaId, content, PhotoFile.LargestBytes, ct);
        if (got.Ok)
        {
            try
            {
                var bytes = content.ToArray();
                if (await PhotoFile.ReadAsync(bytes, ct) is not { } file)
                    return PhotoFile.IsHuge(bytes) ? await FailAsync(photo, "too-many-pixels", s_tooManyPixels, ct) : await FailAsync(photo, "not-a-picture", s_notAPicture, ct);
                await photos.KeepAsync(photo.Id, file.ContentType, file.Content, file.Thumbnail, ct);
                return JobOutcome.Finished;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // A full disk, a store that is away, no room to unpack it: it is not lost while the platform has it.
                LogNotKept(e, photo.Id);
            }
        }
        else if (got.Error.Code == TooLarge)
        {
            return await FailAsync(photo, "too-large", s_tooLarge, ct);
        }
        else if (got.Error.Code == NoSuchMedia)
        {
            return await FailAsync(photo, "lapsed", s_lapsed, ct);
        }

        return SentMedia.PauseAt(age) is { } pause ? new JobOutcome.Again(clock.GetUtcNow() + pause) : await FailAsync(photo, "lapsed", s_lapsed, ct);
    }

    private async Task<JobOutcome> FailAsync(WaitingPhoto photo, string reason, Text why, CancellationToken ct)
    {
        await photos.FailAsync(photo.Id, reason, s_failed.Say(photo.Place, why.Say()), ct);
        return JobOutcome.Finished;
    }

    [LoggerMessage(LogLevel.Error, "Photo {Id} could not be kept; it is fetched again")]
    private partial void LogNotKept(Exception e, long id);
}
