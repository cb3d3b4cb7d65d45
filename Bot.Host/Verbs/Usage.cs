namespace Bot.Host.Verbs;

internal static class Usage
{
    private const int BadUsage = 64; // EX_USAGE

<<<<<<< HEAD
    public static int Unknown(string verb) => Print($"There is no verb “{verb}”. Verbs: serve (default), migrate, {ApiKeyVerb.Usage}.");
=======
    public static int Unknown(string verb) => Print($"There is no verb “{verb}”. Verbs: serve (default), migrate, {AddApiKey.Usage}, {AddStaff.Usage}.");
>>>>>>> console

    public static int Print(string words)
    {
        Console.Error.WriteLine(words);
        return BadUsage;
    }
}
