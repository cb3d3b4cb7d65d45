using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Host.Operation;

namespace Bot.Host.Content;

/// <summary>Writes the counts of readings; while the database is away they add up.</summary>
internal sealed partial class ReadingWriter(ReadingLog log, IPolicies policies, TimeProvider clock, ILogger<ReadingWriter> logger)
    : BatchWriter(TimeSpan.FromSeconds(10), clock)
{
    protected override async Task<bool> WriteAsync(CancellationToken ct)
    {
        var counts = log.Take();
        if (counts.Count == 0)
            return false;
        try
        {
            await policies.ReadAsync(counts, Beijing.DateOf(Clock.GetUtcNow()), ct);
            return true;
        }
        catch (Exception e)
        {
            log.Return(counts);
            LogNotWritten(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Readings could not be counted yet: {Reason}")]
    private partial void LogNotWritten(string reason);
}
