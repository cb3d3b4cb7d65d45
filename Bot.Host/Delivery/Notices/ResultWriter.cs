using System.Threading.Channels;
using Bot.Data.Notices;

namespace Bot.Host.Delivery.Notices;

/// <summary>Writes results in batches, and again until they are written; a lease ends with the last result of its rows.</summary>
internal sealed partial class ResultWriter(INoticeQueue queue, NoticeTiming timing, TimeProvider clock, ILogger<ResultWriter> logger)
{
    private const int Batch = 5_000;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private readonly Channel<SendResult> _results = Channel.CreateUnbounded<SendResult>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<long, int> _left = [];
    private readonly Lock _gate = new();
    private int _underWay;
    private TaskCompletionSource _allTold = new();

    /// <summary>Before its rows can have results.</summary>
    public void Expect(Claim claim)
    {
        lock (_gate)
            _left[claim.Lease!.Value] = claim.Rows.Count;
        Interlocked.Add(ref _underWay, claim.Rows.Count);
    }

    public void Add(SendResult result)
    {
        _results.Writer.TryWrite(result);
        if (Interlocked.Decrement(ref _underWay) == 0)
            Volatile.Read(ref _allTold).TrySetResult();
    }

    /// <summary>No more will come: <see cref="RunAsync"/> ends when all is written.</summary>
    public void Complete() => _results.Writer.TryComplete();

    /// <param name="giveUp">Ends the repeats; what is not written then is found by its lapsed lease.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        List<SendResult> batch = [];
        while (await _results.Reader.WaitToReadAsync(giveUp))
        {
            Take(batch);
            if (batch.Count < Batch && !_results.Reader.Completion.IsCompleted)
            {
                await LingerAsync(giveUp);
                Take(batch);
            }

            await WriteAsync(batch, giveUp);
            batch.Clear();
        }
    }

    // For more, unless there are none under way.
    private async Task LingerAsync(CancellationToken giveUp)
    {
        TaskCompletionSource allTold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _allTold, allTold);
        if (Volatile.Read(ref _underWay) > 0)
            await Task.WhenAny(allTold.Task, Task.Delay(timing.Linger, clock, giveUp));
    }

    private void Take(List<SendResult> batch)
    {
        while (batch.Count < Batch && _results.Reader.TryRead(out var result))
            batch.Add(result);
    }

    private async Task WriteAsync(List<SendResult> batch, CancellationToken giveUp)
    {
        var ended = Ended(batch);
        while (true)
        {
            try
            {
                await queue.RecordAsync(batch, ended, giveUp);
                return;
            }
            catch (Exception e) when (!giveUp.IsCancellationRequested)
            {
                LogNotWritten(batch.Count, e.GetType().Name);
                await Task.Delay(s_again, clock, giveUp);
            }
        }
    }

    private List<long> Ended(List<SendResult> batch)
    {
        List<long> ended = [];
        lock (_gate)
        {
            foreach (var result in batch)
            {
                if (--_left[result.Lease] > 0)
                    continue;
                _left.Remove(result.Lease);
                ended.Add(result.Lease);
            }
        }

        return ended;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} results of notices could not be written yet: {Reason}")]
    private partial void LogNotWritten(int count, string reason);
}
