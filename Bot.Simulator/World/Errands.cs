namespace Bot.Simulator.World;

/// <summary>Work that nobody waits for. A fault in it is logged, never lost.</summary>
internal sealed partial class Errands(ILogger<Errands> log)
{
    public void Run(Func<Task> errand) => _ = Task.Run(async () =>
    {
        try
        {
            await errand();
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
    });

    [LoggerMessage(LogLevel.Error, "An errand of the simulator failed")]
    private partial void LogFailed(Exception e);
}
