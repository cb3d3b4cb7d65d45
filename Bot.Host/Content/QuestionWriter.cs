using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;

namespace Bot.Host.Content;

/// <summary>Writes down what was asked, some of it every two seconds and all at the end; while the database is away it adds up.</summary>
internal sealed partial class QuestionWriter(QuestionLog log, IPolicyQuestions questions, TimeProvider clock, ILogger<QuestionWriter> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            await WriteAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (await WriteAsync(cancellationToken))
        {
        }
    }

    /// <returns>Whether something was written.</returns>
    private async Task<bool> WriteAsync(CancellationToken ct)
    {
        var (asked, settled) = log.Take();
        if (asked.Count + settled.Count == 0)
            return false;
        try
        {
            await questions.RecordAsync(asked, settled, ct);
            return true;
        }
        catch (Exception e)
        {
            log.Return(asked, settled);
            LogNotWritten(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Questions could not be written down yet: {Reason}")]
    private partial void LogNotWritten(string reason);
}
