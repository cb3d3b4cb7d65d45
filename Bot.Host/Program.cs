using Bot.Host.Verbs;

// The first word is the verb; without one the host serves. What follows it are settings for the host.
var (verb, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("serve", args);
return verb switch
{
    "serve" => await Serve.RunAsync(rest),
    "migrate" => await Migrate.RunAsync(rest),
    _ => Usage.Print(verb),
};
