using Bot.Data.Jobs;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;

namespace Bot.Host.Delivery.Webhooks;

/// <summary>Tells another system what became of its notices, one call after the other. A call may be told twice: under the same number, with the same outcomes.</summary>
internal sealed class WebhookJob(INoticeWebhooks webhooks, WebhookClient client, TimeProvider clock) : IJobHandler
{
    // Of the eight that jobs have together: silent receivers keep no other work waiting.
    private const int AtOnce = 4;

    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);

    // Then others get their turn.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    // What comes wakes the job, but for what is written in the moment in which it falls asleep.
    private static readonly TimeSpan s_looks = TimeSpan.FromMinutes(1);

    private int _calling;

    public string Kind => INoticeWebhooks.JobKind;

    /// <summary>Once an hour in the end: for three days.</summary>
    public int Tries => 78;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        try
        {
            return Interlocked.Increment(ref _calling) > AtOnce ? new JobOutcome.Later(clock.GetUtcNow() + s_turn) : await TellAsync(job.Key, ct);
        }
        finally
        {
            Interlocked.Decrement(ref _calling);
        }
    }

    private async Task<JobOutcome> TellAsync(string owner, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        WebhookCall? told = null;
        while (clock.GetUtcNow() - began < s_longest)
        {
            if (await webhooks.NextAsync(owner, told?.Last ?? 0, ct) is not { } call)
                return await webhooks.ClearAsync(owner, ct) ? JobOutcome.Finished : Again(told is null ? s_looks : s_turn);
            if (await client.CallAsync(call, ct) is { } fault)
                return told is null ? new JobOutcome.Failed(fault) : Again(s_turn);         // it was there a moment ago: its tries begin anew
            await webhooks.EndAsync(call.Id, CancellationToken.None);
            told = call;
        }

        return Again(TimeSpan.Zero);
    }

    private JobOutcome.Again Again(TimeSpan after) => new(clock.GetUtcNow() + after);
}
