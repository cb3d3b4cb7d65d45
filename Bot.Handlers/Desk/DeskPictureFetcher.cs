using System.Globalization;
using Bot.Data.Conversations;
using Bot.Data.Jobs;
using Bot.Handlers.Complaints;
using Bot.Handlers.Jobs;
using Bot.WeChat.Api;

namespace Bot.Handlers.Desk;

/// <summary>Fetches a picture that a citizen sent to the desk, while the platform still has it.</summary>
public sealed class DeskPictureFetcher(IDeskPictures pictures, IMedia media, TimeProvider clock) : IJobHandler
{
    public string Kind => IDeskPictures.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var line = long.Parse(job.Data, CultureInfo.InvariantCulture);
        if (await pictures.FindWaitingAsync(line, ct) is not var (mediaId, sentAt))
            return JobOutcome.Finished;
        using var content = new MemoryStream();
        var got = await media.DownloadAsync(mediaId, content, PhotoFile.LargestBytes, ct);
        if (got.Error is { Class: not ErrorClass.FixRequest } && SentMedia.PauseAt(clock.GetUtcNow() - sentAt) is { } pause)
            return new JobOutcome.Again(clock.GetUtcNow() + pause);
        if (got.Ok && await PhotoFile.ReadAsync(content.ToArray(), ct) is { Thumbnail: { } thumbnail } file)
            await pictures.KeepAsync(line, file.ContentType, file.Content, thumbnail, ct);
        else
            await pictures.FailAsync(line, ct);
        return JobOutcome.Finished;
    }
}
