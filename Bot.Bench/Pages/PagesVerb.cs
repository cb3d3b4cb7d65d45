using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Bot.Bench.Load;
using Bot.Bench.Notices;
using Bot.Bench.Operation;
using Bot.Data.Appointments;
using Bot.Data.Postgres;
using Npgsql;

namespace Bot.Bench.Pages;

/// <summary>
/// <c>pages --host FOLDER [--postgres CONNECTION] [--cases 1000000] [--bookings 100000] [--notices 1000000] [--followers 200000] [--rounds 40]</c>:
/// how long a published Host takes for the console's lists, signed in as the demo's administrator, and for the cases as an officer, too. A database that was filled before is taken as it is.
/// </summary>
internal static partial class PagesVerb
{
    private const double MostMilliseconds = 100;
    private const string Password = "demo-binhai-2026";

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Rows.Configure();
        var words = new Arguments(args);
        if (words.Text("host") is not { Length: > 0 } folder)
        {
            Console.Error.WriteLine("pages --host FOLDER [--postgres CONNECTION] [--cases N] [--bookings N] [--notices N] [--followers N] [--rounds 40]");
            return 64; // EX_USAGE
        }

        await using var servers = await Servers.StartAsync(CancellationToken.None);
        var postgres = words.Text("postgres", servers.Postgres);
        await using var host = HostProcess.Start(folder, servers, demo: true, ("ConnectionStrings__Postgres", postgres));
        await host.ReadyAsync(CancellationToken.None);
        await using var db = NpgsqlDataSource.Create(postgres);
        if (!await PagesSeed.IsThereAsync(db))
        {
            var began = Stopwatch.GetTimestamp();
            await PagesSeed.WriteAsync(db, words.Number("cases", 1_000_000), words.Number("bookings", 100_000), words.Number("notices", 1_000_000), words.Number("followers", 200_000));
            Console.WriteLine($"filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        }

        var hall = (await db.ReadAsync("select g.branch from booking b join counter_group g on g.id = b.counter_group group by 1 order by count(*) desc limit 1", new { }, r => r.GetString(0), default, 60)).FirstOrDefault("");
        using var admin = await SignInAsync(host.Address, "admin");
        using var officer = await SignInAsync(host.Address, "chengguan");
        var slow = 0;
        var wanted = words.Text("only");
        var lists = PagesLists.All(Place.DateOf(TimeProvider.System.GetUtcNow()), hall).Select(path => (Clerk: admin, Path: path)).Concat(PagesLists.Cases.Select(path => (Clerk: officer, Path: path)));
        foreach (var (clerk, path) in lists.Where(l => l.Path.Contains(wanted, StringComparison.Ordinal)))
        {
            var times = new List<double>();
            var (status, bytes) = (HttpStatusCode.OK, 0);
            for (var round = -3; round < words.Number("rounds", 40); round++)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await clerk.GetAsync(new Uri(path, UriKind.Relative));
                bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
                status = answer.StatusCode;
                if (round >= 0)
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            times.Sort();
            var p95 = times[times.Count * 95 / 100];
            slow += p95 >= MostMilliseconds || status is not HttpStatusCode.OK ? 1 : 0;
            Console.WriteLine($"{(clerk == officer ? "officer " : "")}{path,-72} {(int)status}  median {times[times.Count / 2],6:0.0} ms  p95 {p95,6:0.0} ms  {bytes / 1024.0,6:0.0} KiB{(p95 >= MostMilliseconds ? "  SLOW" : "")}");
        }

        Console.WriteLine(slow == 0 ? "every page p95 below 100 ms" : $"{slow} pages are slow or refused");
        return slow == 0 ? 0 : 1;
    }

    private static async Task<HttpClient> SignInAsync(Uri address, string name)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = address };
        var page = await client.GetStringAsync(new Uri("/console/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Account"] = name, ["Password"] = Password, ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
        });
        using var answer = await client.PostAsync(new Uri("/console/sign-in", UriKind.Relative), form);
        return answer.StatusCode is HttpStatusCode.Redirect ? client : throw new LoadException($"{name} did not get in.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
