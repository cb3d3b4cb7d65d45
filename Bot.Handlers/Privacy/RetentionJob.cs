using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Privacy;

/// <summary>Every night: forgets what has been kept long enough.</summary>
public sealed class RetentionJob(IRetention retention, RetentionPeriods periods, TimeProvider clock) : IJobHandler
{
    /// <summary>There is one, for good: it comes again each night.</summary>
    public static NewJob Forever(DateTimeOffset now) => new("retention", "nightly", "{}", now);

    public string Kind => "retention";

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await retention.ForgetAsync(periods, now, ct);
        return new JobOutcome.Again(Beijing.NightAfter(now));
    }
}
