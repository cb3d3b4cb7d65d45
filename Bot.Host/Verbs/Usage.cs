namespace Bot.Host.Verbs;

internal static class Usage
{
    private const int BadUsage = 64; // EX_USAGE

    public static int Unknown(string verb) => Print($"There is no verb “{verb}”. Verbs:\n  {string.Join("\n  ", VerbTable.All.Select(v => v.Usage))}");

    public static int Print(string words)
    {
        Console.Error.WriteLine(words);
        return BadUsage;
    }
}
