using System.Globalization;
using Bot.Data.Followers;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Handlers.Followers;

/// <summary>Each night, and when somebody asks: what we know of the account's tags is made what WeChat has, whoever changed it there.</summary>
public sealed class TagMirror(ITags tags, TagDesk desk, IFollowerTags mirror, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "follower-tags";
    private const int Hour = 4;
    private const string Nightly = "nightly";

    public static NewJob Forever(DateTimeOffset now) => new(JobKind, Nightly, "{}", NextNight(now));

    /// <summary>Once a minute is enough.</summary>
    public static NewJob Now(DateTimeOffset now) => new(JobKind, now.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture), "{}", now);

    public string Kind => JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        if (await TellAsync(ct) is { } untold)
            return Ended(job, untold);
        var listed = await tags.ListAsync(ct);
        if (!listed.Ok)
            return Ended(job, listed.Error);
        foreach (var tag in listed.Value.Where(t => t.Count > 0))
        {
            OpenId? after = null;
            do
            {
                var page = await tags.FollowersAsync(tag.Id, after, ct);
                if (!page.Ok)
                    return Ended(job, page.Error);
                await mirror.SeenAsync(page.Value.OpenIds, TagDesk.Kept(tag.Name), began, ct);
                after = page.Value.Next;
            }
            while (after is not null);
        }

        await mirror.DropAsync(began, ct);
        return Over(job);
    }

    // Tags from before WeChat was told of them. One whom WeChat refuses must not keep back the others of a batch, so those go one by one.
    private async Task<ApiError?> TellAsync(CancellationToken ct)
    {
        HashSet<(string, OpenId)> refused = [];
        while ((await mirror.UntoldAsync(TagDesk.MostAtOnce + refused.Count, ct)).Where(u => !refused.Contains(u)).Take(TagDesk.MostAtOnce).ToList() is [var (tag, _), ..] untold)
        {
            var citizens = untold.TakeWhile(u => u.Tag == tag).Select(u => u.Citizen).ToArray();
            if (await desk.GiveAsync(citizens, tag, ct) is not { } error)
            {
                await mirror.SeenAsync(citizens, tag, clock.GetUtcNow(), ct);
                continue;
            }

            if (error.Class is not (ErrorClass.FixRequest or ErrorClass.DropRecipient))
                return error;
            foreach (var citizen in citizens)
            {
                if (citizens.Length > 1 && await desk.GiveAsync([citizen], tag, ct) is null)
                    await mirror.SeenAsync([citizen], tag, clock.GetUtcNow(), ct);
                else
                    refused.Add((tag, citizen));
            }
        }

        return null;
    }

    private JobOutcome Over(Job job) => job.Key == Nightly ? new JobOutcome.Again(NextNight(clock.GetUtcNow())) : JobOutcome.Finished;

    // What the account may not do it may perhaps tomorrow: nothing that waits for a person here.
    private JobOutcome Ended(Job job, ApiError error) => error.Class is ErrorClass.Alert ? Over(job) : new JobOutcome.Failed($"{error.Code} {error.ForStaff}");

    private static DateTimeOffset NextNight(DateTimeOffset now) => new DateTimeOffset(Beijing.DateOf(now).ToDateTime(new TimeOnly(Hour, 0)), Beijing.Offset).AddDays(1);
}
