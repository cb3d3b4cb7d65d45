using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Host.Operation;

namespace Bot.Host.Content;

/// <summary>Writes down what was asked, some of it at a time; while the database is away it adds up.</summary>
internal sealed partial class QuestionWriter(QuestionLog log, IPolicyQuestions questions, TimeProvider clock, ILogger<QuestionWriter> logger)
    : BatchWriter(TimeSpan.FromSeconds(2), clock)
{
    protected override async Task<bool> WriteAsync(CancellationToken ct)
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
