using Bot.Data.Articles;
using Bot.Data.Jobs;
using Bot.Data.Policies;
using Bot.Handlers.Appointments;
using Bot.Handlers.Complaints;
using Bot.Handlers.Followers;
using Bot.Handlers.Privacy;

namespace Bot.Host.Operation;

/// <summary>
/// Sees to it that the jobs which never end are there, each once for all hosts. Every hour: one that failed so often that it was parked has told staff and metrics, and
/// must not be left undone until somebody looks.
/// </summary>
internal sealed partial class StandingJobs(IJobs jobs, Readiness readiness, TimeProvider clock, ILogger<StandingJobs> logger) : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    public static IReadOnlyList<NewJob> Of(DateTimeOffset now) =>
    [
        RetentionJob.Forever(now), CaseForgetting.Forever(now), PictureSealing.Forever(now), TagMirror.Forever(now), BookingCareJob.Always,
        new(IPolicyDays.JobKind, "daily", "{}", now), new(ArticleJobs.Check, "nightly", "{}", now),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Loaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = s_every;
            try
            {
                foreach (var job in Of(clock.GetUtcNow()))
                    await jobs.KeepAsync(job, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.GetType().Name);
                pause = s_again;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The jobs that never end could not be enqueued ({Kind}); trying again")]
    private partial void LogAway(string kind);
}
