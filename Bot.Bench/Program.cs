using Bot.Bench.Booking;
using Bot.Bench.Fuzz;
using Bot.Bench.Load;
using Bot.Bench.Micro;
using Bot.Bench.Notices;
using Bot.Bench.Operation;
using Bot.Bench.Pages;
using Bot.Bench.Participation;
using Bot.Bench.Search;

// A verb is a line here and a class of its own; it gets what follows it and gives back the exit code.
(string Name, string Does, Func<string[], Task<int>> RunAsync)[] verbs =
[
    ("micro", "decodes, routes and encodes callbacks; µs and bytes an operation", CodecMicro.RunAsync),
    ("search", "answers a retrieval test set; build time, memory, µs a query", SearchBench.RunAsync),
    ("notices", "sends notices: speed beside a plain loop, a million in flat memory, kill -9 of hosts", NoticesBench.RunAsync),
    ("booking", "confirms bookings beside pgbench running the bare transaction; availability of a month", BookingBench.RunAsync),
    ("participation", "a survey with many answers, answers delivered twice, a survey published to many", ParticipationBench.RunAsync),
    ("load", "compares the callback with the machine's limit, over HTTP and with real servers", LoadVerb.RunAsync),
    ("pages", "fills a database with a million cases and times the console's lists", PagesVerb.RunAsync),
    ("operate", "starts a published Host, weighs it, and takes Redis away from it", OperateVerb.RunAsync),
    ("upgrade", "talks to hosts of two releases side by side while one replaces the other", UpgradeVerb.RunAsync),
    ("fuzz", "changes inputs until something that reads strangers' bytes breaks", FuzzVerb.RunAsync),
    ("limit", "the limit that load compares with: ADDRESS REDIS SESSIONS", LimitServer.RunAsync),
];

foreach (var verb in verbs)
{
    if (args is [var name, ..] && name == verb.Name)
        return await verb.RunAsync(args[1..]);
}

Console.Error.WriteLine("dotnet run -c Release --project Bot.Bench -- <verb>");
foreach (var verb in verbs)
    Console.Error.WriteLine($"  {verb.Name,-13} {verb.Does}");
return 64; // EX_USAGE
