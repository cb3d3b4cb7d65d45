namespace Bot.Data.Sessions;

/// <summary>How long things last in a session store; the same for every implementation.</summary>
public static class SessionLimits
{
    /// <summary>A host that stops renewing loses the turn after this, before the platform's second delivery at 5 s.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    /// <summary>Who is handed the turn while waiting takes it up within this, as waiters ask every half second. Who does not has died waiting, and the next gets it.</summary>
    public static readonly TimeSpan TakenUp = TimeSpan.FromSeconds(1.5);

    /// <summary>A waiter who has not asked for so long has died, and is passed over.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromSeconds(2);

    /// <summary>The platform delivers for 15 s; the rest is for late and repeated pushes.</summary>
    public static readonly TimeSpan ReplyKept = TimeSpan.FromMinutes(10);

    /// <summary>A flow tells that it ended when its citizen comes back within this time.</summary>
    public static readonly TimeSpan SessionKept = TimeSpan.FromHours(24);

    /// <summary>The platform's customer-service window: an owed answer is of no use after it.</summary>
    public static readonly TimeSpan OwedKept = TimeSpan.FromHours(48);

    /// <summary>Stands between two owed answers.</summary>
    public const string BetweenOwed = "\n\n";

    /// <summary>A queue whose every waiter died is forgotten.</summary>
    public static readonly TimeSpan QueueKept = TimeSpan.FromSeconds(30);

    /// <summary>More than a citizen may send in a minute, so that nobody is turned away for being quick.</summary>
    public const int QueueLength = 200;
}
