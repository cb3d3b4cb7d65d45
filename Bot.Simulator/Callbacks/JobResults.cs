using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>Pushes the result of a job some time after the call that began it.</summary>
internal sealed class JobResults(SimulatorOptions options, Dice dice, Faults faults, Courier courier, Errands errands) : IDisposable
{
    // The platform's own patience with one account; a bulk send queues here.
    private const int AtOnce = 64;

    /// <summary>How long a call's answer is held back when its result is to arrive first.</summary>
    public static readonly TimeSpan Headstart = TimeSpan.FromMilliseconds(300);

    private readonly SemaphoreSlim _lines = new(AtOnce);

    /// <summary>Whether the job fails by a fault that is switched on.</summary>
    public bool Fails => faults.StrikesPush(FaultKind.JobFailed);

    /// <param name="result">Built when the time has come, so that its CreateTime is right.</param>
    /// <param name="before">What changes in the pretend world just before the push.</param>
    /// <returns>How long the caller's own answer is to be held back.</returns>
    public TimeSpan PushLater(Func<Push> result, Action? before = null)
    {
        var early = faults.StrikesPush(FaultKind.JobEarly);
        var lost = faults.StrikesPush(FaultKind.JobLost);
        var wait = early ? TimeSpan.Zero : dice.Between(options.JobResultFrom, options.JobResultTo);
        errands.Run(async () =>
        {
            await Task.Delay(wait);
            before?.Invoke();
            if (lost)
                return;
            try
            {
                await _lines.WaitAsync();
            }
            catch (ObjectDisposedException)
            {
                return;                         // the platform is closed
            }

            try
            {
                await courier.DeliverAsync(result());
            }
            finally
            {
                _lines.Release();
            }
        });
        return early ? Headstart : TimeSpan.Zero;
    }

    public void Dispose() => _lines.Dispose();
}
