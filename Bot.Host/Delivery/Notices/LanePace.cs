namespace Bot.Host.Delivery.Notices;

/// <summary>
/// How many notices of one lane this host sends in a second, and so holds, up to a limit: enough that senders never wait for the database, little enough that a
/// dead host delays little.
/// </summary>
/// <param name="least">Held until more is known.</param>
internal sealed class LanePace(int least, TimeProvider clock)
{
    // A quarter of a second at the greatest speed that was measured; a whole one of it took 130 MB more.
    private const int MostHeld = 8_000;

    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(50);

    private int _aSecond;
    private int _sent;
    private long _since = clock.GetTimestamp();

    public int Wanted => Math.Clamp(Volatile.Read(ref _aSecond), Math.Min(least, MostHeld), MostHeld);

    /// <summary>Whether there was any to send lately.</summary>
    public bool Flows => Volatile.Read(ref _aSecond) > 0 || Volatile.Read(ref _sent) > 0;

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
