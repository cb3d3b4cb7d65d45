using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;
using Microsoft.Extensions.Logging;

namespace Bot.Handlers.Privacy;

/// <summary>Every night: seals the pictures that an older release kept as they were sent. At night, since by then no host of that release is left that could not show them.</summary>
public sealed partial class PictureSealing(IOpenPictures pictures, TimeProvider clock, ILogger<PictureSealing> logger) : IJobHandler
{
    private const int AtOnce = 500;

    /// <summary>There is one, for good: it comes again each night.</summary>
    public static NewJob Forever(DateTimeOffset now) => new(IOpenPictures.JobKind, "nightly", "{}", Beijing.NightAfter(now));

    public string Kind => IOpenPictures.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var sealedNow = 0;
        for (OpenPicture? at = null; sealedNow < AtOnce && (at = await pictures.SealNextAsync(at, ct)) is not null;)
        {
            // It is tried again the next night; the others do not wait for it.
            if (at.Fault is { } fault)
                LogLeft(fault.GetType().Name);
            else
                sealedNow++;
        }

        return new JobOutcome.Again(sealedNow < AtOnce ? Beijing.NightAfter(clock.GetUtcNow()) : clock.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Warning, "A picture could not be sealed ({Kind}), and lies open until the next night")]
    private partial void LogLeft(string kind);
}
