using Bot.Data.Jobs;

namespace Bot.Handlers.Jobs;

/// <summary>Does one kind of background work. It may be begun twice (a host dies, a lease lapses): make its effect idempotent.</summary>
public interface IJobHandler
{
    /// <summary>As in <see cref="NewJob.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>How often it is tried before it waits for a person: some three hours, unless whom it needs may well be away for longer.</summary>
    int Tries => 8;

    /// <summary>An exception counts as a failure, to be tried again later.</summary>
    Task<JobOutcome> RunAsync(Job job, CancellationToken ct);
}

/// <summary>What running a job came to.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    public static JobOutcome Finished { get; } = new Done();

    public sealed record Done : JobOutcome;

    /// <summary>Not a failure: it comes again at that time, as a nightly job does, or because it must wait.</summary>
    public sealed record Again(DateTimeOffset At) : JobOutcome;

    /// <summary>Not tried: it comes again at that time, with as many tries left as before.</summary>
    public sealed record Later(DateTimeOffset At) : JobOutcome;

    /// <summary>Tried again with back-off, and parked for a person after the last try.</summary>
    public sealed record Failed(string Why) : JobOutcome;
}
