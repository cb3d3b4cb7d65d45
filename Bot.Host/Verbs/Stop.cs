using System.Security.Cryptography;
using Bot.Data;

namespace Bot.Host.Verbs;

/// <summary>Ends a verb that cannot do its work: one line that says why.</summary>
internal static class Stop
{
    private const int Unavailable = 69; // EX_UNAVAILABLE: later, or elsewhere, it may work
    private const int BadConfiguration = 78; // EX_CONFIG

    public static int With(string fault) => End(fault, BadConfiguration);

    public static int Now(string reason) => End(reason, Unavailable);

    /// <returns>In words, what no line of ours can mend; null for a fault of the program, whose stack is wanted.</returns>
    public static string? Reason(Exception fault) => ServerFault.Of(fault) is { } server ? $"{server}. `doctor` tells more."
        : fault is OperatorException or IOException or UnauthorizedAccessException or CryptographicException ? fault.Message
        : null;

    private static int End(string words, int code)
    {
        Console.Error.WriteLine(words);
        return code;
    }
}
