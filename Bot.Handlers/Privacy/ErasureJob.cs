using System.Globalization;
using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Privacy;

/// <summary>Erases what a citizen asked to have erased; what lies with somebody who is away, once they are back, however long that takes.</summary>
public sealed class ErasureJob(IPrivacyRequests requests, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan s_again = TimeSpan.FromHours(1);

    public string Kind => IPrivacyRequests.EraseJob;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        try
        {
            await requests.EraseAsync(long.Parse(job.Data, CultureInfo.InvariantCulture), ct);
            return JobOutcome.Finished;
        }
        catch (ErasureWaitsException)
        {
            return new JobOutcome.Again(clock.GetUtcNow() + s_again);
        }
    }
}
