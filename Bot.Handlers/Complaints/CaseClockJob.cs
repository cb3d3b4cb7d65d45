using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Jobs;
using Bot.Handlers.Jobs;

namespace Bot.Handlers.Complaints;

/// <summary>A case's clock: warns, tells of a breach, closes what nobody rated. One job a case, which comes again for the next thing.</summary>
public sealed class CaseClockJob(ICases cases) : IJobHandler
{
    public string Kind => ICases.ClockJob;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct) =>
        await cases.TickAsync(long.Parse(job.Data, CultureInfo.InvariantCulture), ct) is { } next ? new JobOutcome.Again(next) : JobOutcome.Finished;
}

/// <summary>Forgets old drafts and counts what changed, once a day.</summary>
public sealed class CaseForgetting(ICaseDrafts drafts, ICaseFigures figures, TimeProvider clock) : IJobHandler
{
    private const string JobKind = "case.forget";

    /// <summary>There is one, for good: it comes again each day.</summary>
    public static NewJob Forever(DateTimeOffset now) => new(JobKind, "nightly", "{}", now);

    public string Kind => JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
    {
        await drafts.ForgetAsync(ct);
        await figures.FoldAsync(ct);
        return new JobOutcome.Again(clock.GetUtcNow().AddDays(1));
    }
}
