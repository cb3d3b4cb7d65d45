namespace Bot.Data.Notices;

/// <summary>The rows that are to be handed to WeChat, shared by all hosts.</summary>
/// <remarks>A claim is committed before anything is sent. A host that dies leaves a lease that lapses; <see cref="SweepAsync"/> gives its rows to others.</remarks>
public interface INoticeQueue
{
    /// <summary>Takes what may have been sent already, of any notice, while WeChat drops doubles: before all others, because that time runs out.</summary>
    Task<Claim> ClaimRepeatsAsync(int limit, TimeSpan lease, CancellationToken ct);

    /// <summary>Takes notices that have one recipient, oldest first.</summary>
    Task<Claim> ClaimSinglesAsync(int limit, TimeSpan lease, CancellationToken ct);

    /// <summary>Takes rows of the urgent, or of the bulk notices, in equal shares.</summary>
    /// <param name="quiet">True in quiet hours: notices that keep them are left alone.</param>
    Task<Claim> ClaimAsync(NoticeLane lane, int limit, TimeSpan lease, bool quiet, CancellationToken ct);

    /// <summary>Before the first try of fresh rows, in the order in which they were claimed: from here on they may have been sent.</summary>
    /// <returns>Those that are still the caller's.</returns>
    Task<IReadOnlyCollection<ClaimedNotice>> BeginAsync(IReadOnlyCollection<ClaimedNotice> rows, CancellationToken ct);

    /// <summary>Keeps results, and ends the leases whose rows are all told. May be repeated.</summary>
    Task RecordAsync(IReadOnlyCollection<SendResult> results, IReadOnlyCollection<long> endedLeases, CancellationToken ct);

    /// <summary>Starts what is scheduled, frees lapsed leases, finishes cancelled notices, gives up on results that never came, joins early events.</summary>
    /// <param name="quiet">True in quiet hours: the list of a notice that keeps them is not brought up to date before they are over.</param>
    Task SweepAsync(CancellationToken ct, bool quiet = false);

    /// <summary>Nothing is claimed by any host until then.</summary>
    Task CloseGateAsync(DateTimeOffset until, int? code, string? words, CancellationToken ct);

    /// <summary>Sending goes on at once, on all hosts. One transaction with its line in the audit log.</summary>
    Task OpenGateAsync(string by, CancellationToken ct);

    /// <summary>When sending may go on and why it may not now; null when it may.</summary>
    Task<ClosedGate?> GateAsync(CancellationToken ct);

    /// <summary>Holds one notice back until somebody has looked at it.</summary>
    Task PauseAsync(long noticeId, int code, string reason, CancellationToken ct);

    /// <summary>Runs <paramref name="heard"/> whenever new work was announced (null), or a notice was stopped or goes on; returns when <paramref name="ct"/> is cancelled.</summary>
    Task ListenAsync(Action<NoticeHalt?> heard, CancellationToken ct);
}

/// <param name="NoticeId">Or <see cref="Everything"/>: the gate was opened.</param>
/// <param name="Stopped">Paused or cancelled: what a host holds of it is not sent any more. False: it goes on.</param>
public sealed record NoticeHalt(long NoticeId, bool Stopped)
{
    public const long Everything = 0;
}

public sealed record ClosedGate(DateTimeOffset Until, int? Code, string? Words);
