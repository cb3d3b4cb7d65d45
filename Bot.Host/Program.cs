using Bot.Data.Embedded;
using Bot.Host.Verbs;

// The first word is the verb; without one the host serves. What follows it are settings for the host.
var (verb, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("serve", args);
using var interrupt = new Interrupt();
try
{
    return verb switch
    {
        "serve" => await Serve.RunAsync(rest, interrupt.Token),
        "migrate" => await Migrate.RunAsync(rest, interrupt.Token),
        "staff" => await AddStaff.RunAsync(rest, interrupt.Token),
        "api-key" => await ApiKeyVerb.RunAsync(rest, interrupt.Token),
        "probe" => await Probe.RunAsync(rest, interrupt.Token),
        "sbom" => await Sbom.RunAsync(interrupt.Token),
        "doctor" => await Doctor.RunAsync(rest, interrupt.Token),
        "keys" => await Keys.RunAsync(rest, interrupt.Token),
        "erase" => await Erase.RunAsync(rest, interrupt.Token),
        "export" => await Export.RunAsync(rest, interrupt.Token),
        "import" => await ImportPolicies.RunAsync(rest, interrupt.Token),
        _ => Usage.Unknown(verb),
    };
}
catch (Exception) when (interrupt.Token.IsCancellationRequested)
{
    return Interrupt.ExitCode;                          // whatever was cut short is not worth a stack trace
}
catch (EmbeddedPostgresException e)
{
    return Stop.With(e.Message);
}
