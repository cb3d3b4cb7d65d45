using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Privacy;

/// <summary>Every night: seals the pictures that an older release kept as they were sent. At night, since by then no host of that release is left that could not show them.</summary>
public sealed class PictureSealing(IOpenPictures pictures, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 500;

    /// <summary>There is one, for good: it comes again each night.</summary>
    public static NewJob Forever(DateTimeOffset now) => new(IOpenPictures.JobKind, "nightly", "{}", Beijing.NightAfter(now));

    public string Kind => IOpenPictures.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        for (var done = 0; done < AtOnce; done++)
        {
            if (!await pictures.SealNextAsync(ct))
                return new JobOutcome.Again(Beijing.NightAfter(clock.GetUtcNow()));
        }

        return new JobOutcome.Again(clock.GetUtcNow());
    }
}
