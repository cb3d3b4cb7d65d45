namespace Bot.Host.Verbs;

/// <summary>Ends a verb that cannot do its work: one line that says why.</summary>
internal static class Stop
{
    private const int BadConfiguration = 78; // EX_CONFIG

    public static int With(string fault)
    {
        Console.Error.WriteLine(fault);
        return BadConfiguration;
    }
}
