using System.Globalization;
using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Privacy;

/// <summary>Erases what a citizen asked to have erased.</summary>
public sealed class ErasureJob(IPrivacyRequests requests) : IJobHandler
{
    public string Kind => IPrivacyRequests.EraseJob;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        await requests.EraseAsync(long.Parse(job.Data, CultureInfo.InvariantCulture), ct);
        return JobOutcome.Finished;
    }
}
