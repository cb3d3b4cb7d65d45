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

    // What WeChat has comes first: nothing that it does not take of ours may keep that back.
    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct) =>
        (await CompareAsync(ct) ?? await TellAsync(ct)) is { } error ? Ended(job, error) : Over(job);

    private async Task<ApiError?> CompareAsync(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var listed = await tags.ListAsync(ct);
        if (!listed.Ok)
            return listed.Error;
        foreach (var tag in listed.Value.Where(t => t.Count > 0))
        {
            OpenId? after = null;
            do
            {
                var page = await tags.FollowersAsync(tag.Id, after, ct);
                if (!page.Ok)
                    return page.Error;
                await mirror.SeenAsync(page.Value.OpenIds, TagDesk.Kept(tag.Name), began, ct);
                after = page.Value.Next;
            }
            while (after is not null);
        }

        await mirror.DropAsync(began, ct);
        return null;
    }

    // Tags from before WeChat was told of them. A tag that it does not take is named to staff. One citizen whom it refuses must not keep back the others of a batch, so those go one by one.
    private async Task<ApiError?> TellAsync(CancellationToken ct)
    {
        (string Tag, OpenId? Citizen) told = ("", null);
        while (await mirror.UntoldAsync(told.Tag, told.Citizen, TagDesk.MostAtOnce, ct) is [var (tag, _), ..] untold)
        {
            var citizens = untold.TakeWhile(u => u.Tag == tag).Select(u => u.Citizen).ToArray();
            told = (tag, citizens[^1]);
            var error = await TellAsync(citizens, tag, ct);
            if (error is not null && TagDesk.IsOfTag(error))
            {
                told = (tag, null);
                continue;
            }

            if (error is { Class: not (ErrorClass.FixRequest or ErrorClass.DropRecipient) })
                return error;
            if (error is null || citizens.Length == 1)
                continue;
            foreach (var citizen in citizens)
                await TellAsync([citizen], tag, ct);
        }

        return null;
    }

    private async Task<ApiError?> TellAsync(IReadOnlyList<OpenId> citizens, string tag, CancellationToken ct)
    {
        var error = await desk.GiveAsync(citizens, tag, ct);
        if (error is null)
            await mirror.SeenAsync(citizens, tag, clock.GetUtcNow(), ct);
        return error;
    }

    private JobOutcome Over(Job job) => job.Key == Nightly ? new JobOutcome.Again(NextNight(clock.GetUtcNow())) : JobOutcome.Finished;

    // What the account may not do it may perhaps tomorrow: nothing that waits for a person here.
    private JobOutcome Ended(Job job, ApiError error) => error.Class is ErrorClass.Alert ? Over(job) : new JobOutcome.Failed($"{error.Code} {error.ForStaff}");

    private static DateTimeOffset NextNight(DateTimeOffset now) => new DateTimeOffset(Beijing.DateOf(now).ToDateTime(new TimeOnly(Hour, 0)), Beijing.Offset).AddDays(1);
}
