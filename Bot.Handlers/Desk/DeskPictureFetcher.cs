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
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(3);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public string Kind => IDeskPictures.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var line = long.Parse(job.Data, CultureInfo.InvariantCulture);
        if (await pictures.FindWaitingAsync(line, ct) is not var (mediaId, sentAt))
            return JobOutcome.Finished;
        using var content = new MemoryStream();
        var got = await media.DownloadAsync(mediaId, content, PhotoFile.LargestBytes, ct);
        var age = clock.GetUtcNow() - sentAt;
        if (got.Error is { Class: not ErrorClass.FixRequest } && age <= s_kept)
            return new JobOutcome.Again(clock.GetUtcNow() + (age / 2 < s_shortest ? s_shortest : age / 2 > s_longest ? s_longest : age / 2));
        if (got.Ok && await PhotoFile.ReadAsync(content.ToArray(), ct) is { Thumbnail: { } thumbnail } file)
            await pictures.KeepAsync(line, file.ContentType, file.Content, thumbnail, ct);
        else
            await pictures.FailAsync(line, ct);
        return JobOutcome.Finished;
    }
}
