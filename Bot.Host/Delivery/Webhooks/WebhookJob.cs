using System.Globalization;
using Bot.Data.Jobs;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;

namespace Bot.Host.Delivery.Webhooks;

/// <summary>Tells another system what became of its notices. It may be told twice: the call's number is the same.</summary>
internal sealed class WebhookJob(INoticeWebhooks webhooks, WebhookClient client, WebhookTurns turns, TimeProvider clock) : IJobHandler
{
    public string Kind => INoticeWebhooks.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        var id = long.Parse(job.Data, CultureInfo.InvariantCulture);
        if (await webhooks.FindAsync(id, ct) is not { } call)
            return JobOutcome.Finished;
        // A repeat has its own pause behind it, and finds out whether the receiver is back.
        if (turns.TryBegin(call.Owner, evenResting: job.Attempts > 1) is { } wait)
            return new JobOutcome.Later(clock.GetUtcNow() + wait);
        string? fault = "";
        try
        {
            fault = await client.CallAsync(call, ct);
        }
        finally
        {
            turns.End(call.Owner, took: fault is null);
        }

        if (fault is not null)
            return new JobOutcome.Failed(fault);
        await webhooks.EndAsync(id, CancellationToken.None);
        return JobOutcome.Finished;
    }
}
