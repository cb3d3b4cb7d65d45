namespace Bot.Host.Verbs;

internal static class Usage
{
    private const int BadUsage = 64; // EX_USAGE

    public static int Unknown(string verb) => Print($"There is no verb “{verb}”. Verbs: serve (default), migrate, {ApiKeyVerb.Usage}, {AddStaff.Usage}, {AuditVerify.Usage}.");

    public static int Print(string words)
    {
        Console.Error.WriteLine(words);
        return BadUsage;
    }
}
