using Bot.Data.Embedded;
using Bot.Host.Verbs;

// The first word is the verb; without one the host serves. What follows it are settings for the host.
var (verb, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("serve", args);
using var interrupt = new Interrupt();
try
{
    if (VerbTable.All.FirstOrDefault(v => v.Name == verb) is not { } known)
        return Usage.Unknown(verb);
    return VerbOptions.Fault(known.Usage, rest) is { } wrong ? Usage.Print(wrong) : await known.RunAsync(rest, interrupt.Token);
}
catch (Exception) when (interrupt.Token.IsCancellationRequested)
{
    return Interrupt.ExitCode;                          // whatever was cut short is not worth a stack trace
}
catch (EmbeddedPostgresException e)
{
    return Stop.With(e.Message);
}
catch (Exception e) when (Stop.Reason(e) is { } reason)
{
    return Stop.Now(reason);
}
