namespace Bot.Simulator.World;

/// <summary>The platform's clock: real time plus whatever the tester skipped.</summary>
internal sealed class VirtualClock(TimeProvider real)
{
    private long _offsetTicks;

    public TimeSpan Offset => new(Interlocked.Read(ref _offsetTicks));

    /// <summary>Whether callbacks carry the skipped time in CreateTime and timestamp; a bot on the real clock refuses those.</summary>
    public bool ShiftsCallbacks { get; set; }

    /// <summary>Decides windows, tokens and media.</summary>
    public DateTimeOffset Now => real.GetUtcNow() + Offset;

    /// <summary>What is written into callbacks, seconds since 1970-01-01 UTC.</summary>
    public long WireSeconds => (ShiftsCallbacks ? Now : real.GetUtcNow()).ToUnixTimeSeconds();

    public DateOnly BeijingDay => DateOnly.FromDateTime(Now.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public void Reset() => Interlocked.Exchange(ref _offsetTicks, 0);
}
