namespace Bot.Data.Embedded;

/// <summary>
/// Two lock files say who may start or stop the server and who uses it. The system frees them when a process dies, however it dies,
/// so a killed Host leaves none behind.
/// </summary>
internal sealed class ClusterLocks(string directory)
{
    private FileStream? use;

    /// <summary>Held while the server is started or stopped.</summary>
    public async Task<IDisposable> ChangeAsync(TimeSpan deadline, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(deadline);
        while (true)
        {
            if (TryOpen("change.lock", FileShare.None) is { } held)
                return held;
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), late.Token);
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new EmbeddedPostgresException(
                    $"Another process has been starting or stopping PostgreSQL in {directory} for {deadline.TotalSeconds:0} s: end it and try again.", e);
            }
        }
    }

    /// <summary>Says that we use the server. Any number of processes may.</summary>
    public void Join() => use = TryOpen("use.lock", FileShare.Read) ?? throw new IOException($"{directory} is locked");

    /// <returns>True when nobody else uses the server.</returns>
    public bool Leave()
    {
        use?.Dispose();
        use = null;
        using var alone = TryOpen("use.lock", FileShare.None);
        return alone is not null;
    }

    private FileStream? TryOpen(string name, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(directory, name), FileMode.OpenOrCreate, FileAccess.Read, share);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(Path.Combine(directory, name)))
        {
            return null;
        }
    }
}
