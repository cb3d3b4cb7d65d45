namespace Bot.Data.Jobs;

/// <summary>Background work that any host may do, each piece once. Stores enqueue it in the transaction of the thing that causes it.</summary>
public interface IJobs
{
    Task EnqueueAsync(NewJob job, CancellationToken ct);

    /// <summary>For work that never ends, or is done anew at each start: enqueues it, and has one that was done, parked or called off done again.</summary>
    Task KeepAsync(NewJob job, CancellationToken ct);

    /// <summary>Takes jobs that are due, the longest due first, for <paramref name="lease"/>; who lets it lapse loses them to others.</summary>
    Task<IReadOnlyList<Job>> ClaimAsync(IReadOnlyCollection<string> kinds, int most, TimeSpan lease, CancellationToken ct);

    /// <summary>Those of <paramref name="jobs"/> that are still ours go on being so.</summary>
    Task RenewAsync(IReadOnlyCollection<Job> jobs, TimeSpan lease, CancellationToken ct);

    Task DoneAsync(Job job, CancellationToken ct);

    /// <param name="error">Null when it only comes again as planned: what failed before that is forgotten.</param>
    Task AgainAsync(Job job, DateTimeOffset dueAt, string? error, CancellationToken ct);

    /// <summary>Untried: it has not used up a try.</summary>
    Task DeferAsync(Job job, DateTimeOffset dueAt, CancellationToken ct);

    Task ParkAsync(Job job, string error, CancellationToken ct);

    /// <summary>A person has it tried again. False when it is not parked.</summary>
    Task<bool> RetryAsync(long id, string actor, CancellationToken ct);

    /// <param name="kinds">Whose age counts; null for all. How many are due is told of all.</param>
    Task<JobCounts> CountAsync(IReadOnlyCollection<string>? kinds, CancellationToken ct);

    /// <param name="before">The last id of the page before; 0 for the first page. Newest first.</param>
    Task<IReadOnlyList<JobRow>> ListAsync(JobStatus? status, string? kind, long before, int limit, CancellationToken ct);

    /// <summary>Forgets what was finished before <paramref name="before"/>, a few thousand at a time.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct);

    /// <summary>Calls <paramref name="ring"/> whenever a job was enqueued somewhere; ends when <paramref name="ct"/> is cancelled.</summary>
    Task ListenAsync(Action ring, CancellationToken ct);
}
