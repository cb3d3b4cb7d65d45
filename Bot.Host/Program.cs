using Bot.Data.Embedded;
using Bot.Host.Verbs;

// The first word is the verb; without one the host serves. What follows it are settings for the host.
var (verb, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("serve", args);
using var interrupt = new Interrupt();
try
{
    return VerbTable.All.FirstOrDefault(v => v.Name == verb) is { } known ? await known.RunAsync(rest, interrupt.Token) : Usage.Unknown(verb);
}
catch (Exception) when (interrupt.Token.IsCancellationRequested)
{
    return Interrupt.ExitCode;                          // whatever was cut short is not worth a stack trace
}
catch (EmbeddedPostgresException e)
{
    return Stop.With(e.Message);
}
