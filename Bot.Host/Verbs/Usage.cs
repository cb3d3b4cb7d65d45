namespace Bot.Host.Verbs;

internal static class Usage
{
    private const int BadUsage = 64; // EX_USAGE

    public static int Print(string verb)
    {
        Console.Error.WriteLine($"There is no verb “{verb}”. Verbs: serve (default), migrate.");
        return BadUsage;
    }
}
