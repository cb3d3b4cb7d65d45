namespace Bot.Tests.Infrastructure;

/// <summary>A clock whose time of day somebody sets, as an operator or NTP may: what was waited for goes on as before.</summary>
internal sealed class SetClock(TimeProvider inner) : TimeProvider
{
    private long _off;

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <param name="by">Forward, or back.</param>
    public void Set(TimeSpan by) => Interlocked.Add(ref _off, by.Ticks);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow().AddTicks(Interlocked.Read(ref _off));

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
