namespace Bot.Data.Jobs;

/// <summary>Work for later. A second one of the same kind and key is the same one.</summary>
/// <param name="Kind">Lower case, such as <c>case.breach</c>; at most 40 characters.</param>
/// <param name="Key">What it is about; at most 200 characters.</param>
/// <param name="Data">JSON with ids and numbers; nothing personal.</param>
public sealed record NewJob(string Kind, string Key, string Data, DateTimeOffset DueAt);

/// <param name="Attempts">This one counts.</param>
/// <param name="Lease">Shown when telling what became of it.</param>
public sealed record Job(long Id, string Kind, string Key, string Data, int Attempts, Guid Lease);

/// <summary>A job as staff see it.</summary>
public sealed record JobRow(
    long Id, string Kind, string Key, JobStatus Status, DateTimeOffset DueAt, int Attempts, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

public enum JobStatus
{
    Waiting,
    Done,

    /// <summary>Failed too often: waits for a person.</summary>
    Parked,
    Cancelled,
}

/// <param name="Due">Waiting, and their time has come.</param>
/// <param name="OldestSeconds">How long the oldest of these has been due; 0 when none is.</param>
public sealed record JobCounts(int Due, int Parked, double OldestSeconds);
