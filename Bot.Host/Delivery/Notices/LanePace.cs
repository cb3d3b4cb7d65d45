namespace Bot.Host.Delivery.Notices;

/// <summary>
/// How many notices of one lane this host sends in a second, and so holds: enough that senders never wait for the database, little enough that a
/// dead host delays little.
/// </summary>
/// <param name="least">Held until more is known.</param>
internal sealed class LanePace(int least, TimeProvider clock)
{
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(50);

    private int _aSecond;
    private int _sent;
    private long _since = clock.GetTimestamp();

    public int ASecond => Math.Max(Volatile.Read(ref _aSecond), least);

    public void Sent() => Interlocked.Increment(ref _sent);

    /// <summary>Counts anew, unless it is too soon to tell. By one caller at a time.</summary>
    public void Next()
    {
        if (clock.GetElapsedTime(_since) is var since && since < s_glance)
            return;
        _since = clock.GetTimestamp();
        Volatile.Write(ref _aSecond, (int)(Interlocked.Exchange(ref _sent, 0) / since.TotalSeconds));
    }
}
