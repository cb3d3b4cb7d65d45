using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Things that arrive one by one and are written together: while one batch is being written the next one gathers.</summary>
internal sealed class Gathered<T>(int mostAtOnce)
{
    private readonly Lock _gate = new();
    private List<(T Item, TaskCompletionSource Kept)> _waiting = [];
    private bool _writing;

    /// <summary>Returns once it is written; throws what its writing threw.</summary>
    public Task AddAsync(T item, Func<IReadOnlyList<T>, Task> write, CancellationToken ct)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((item, kept));
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(() => WriteAllAsync(write), CancellationToken.None);
            }
        }

        return kept.Task.WaitAsync(ct);
    }

    private async Task WriteAllAsync(Func<IReadOnlyList<T>, Task> write)
    {
        while (true)
        {
            List<(T Item, TaskCompletionSource Kept)> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _writing = false;
                    return;
                }

                batch = _waiting.Count <= mostAtOnce ? _waiting : _waiting[..mostAtOnce];
                _waiting = _waiting.Count <= mostAtOnce ? [] : _waiting[mostAtOnce..];
            }

            await WriteAsync(batch, write);
        }
    }

    private static async Task WriteAsync(List<(T Item, TaskCompletionSource Kept)> batch, Func<IReadOnlyList<T>, Task> write)
    {
        try
        {
            await write([.. batch.Select(b => b.Item)]);
            batch.ForEach(b => b.Kept.SetResult());
        }
        // One that the server refuses is not to be the others' fault.
        catch (PostgresException) when (batch.Count > 1)
        {
            foreach (var one in batch)
                await WriteAsync([one], write);
        }
        catch (Exception e)
        {
            batch.ForEach(b => b.Kept.SetException(e));
        }
    }
}
