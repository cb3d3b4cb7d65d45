using System.Globalization;
using Bot.Bench.Load;
using Bot.Bench.Notices;
using Npgsql;

namespace Bot.Bench.Operation;

/// <summary>
/// <c>upgrade --old FOLDER --new FOLDER [--citizens 24]</c>: conversations begin on the previous release, go on while hosts of both serve, each message on
/// either, and end on the new one; then the previous one is put back. Every callback is answered, every form ends once.
/// </summary>
internal static class UpgradeVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var words = new Arguments(args);
        if (words.Text("old") is not { Length: > 0 } old || words.Text("new") is not { Length: > 0 } fresh)
        {
            Console.Error.WriteLine("upgrade --old FOLDER --new FOLDER [--citizens 24]");
            return 64; // EX_USAGE
        }

        await using var servers = await Servers.StartAsync(CancellationToken.None);
        var talk = new Conversations();
        Applicant[] citizens = [.. Enumerable.Range(0, words.Number("citizens", 24)).Select(n => new Applicant(n, books: n % 2 == 0))];
        await using var previous = HostProcess.Start(old, servers, demo: true);
        await previous.ReadyAsync(CancellationToken.None);
        var before = await MigrationAsync(servers);
        for (var n = 0; n < citizens.Length; n++)
            await talk.GoOnAsync(citizens[n], turns: n % 7, [previous]);
        Console.WriteLine($"on the previous release ({before}): {citizens.Sum(c => c.Turns)} messages, {citizens.Count(c => !c.IsDone)} conversations under way");

        await using (var next = HostProcess.Start(fresh, servers, demo: true))
        {
            // Citizens do not wait for the migration.
            var migrated = next.ReadyAsync(CancellationToken.None);
            var asked = 0;
            for (; !migrated.IsCompleted; asked++)
                await talk.AskAsync($"oMeanwhile{asked}", "居住证怎么办", previous);
            await migrated;
            Console.WriteLine($"while the new one migrated to {await MigrationAsync(servers)}: {asked} messages");
            foreach (var citizen in citizens)
                await talk.GoOnAsync(citizen, turns: 3, [next, previous], twice: true);
            Console.WriteLine($"on both in turn, each message delivered to both: {citizens.Count(c => !c.IsDone)} conversations under way");

            await previous.StopAsync();
            foreach (var citizen in citizens)
                await talk.GoOnAsync(citizen, turns: 40, [next]);
            Console.WriteLine($"on the new one alone: {citizens.Count(c => c.IsDone)} of {citizens.Length} at their end");

            await using var back = HostProcess.Start(old, servers, demo: true);
            Applicant[] later = [new(100, books: false), new(30, books: true)];
            citizens = [.. citizens, .. later];
            try
            {
                await back.ReadyAsync(CancellationToken.None);
                foreach (var citizen in later)
                    await talk.GoOnAsync(citizen, turns: 40, [back]);
            }
            catch (LoadException)
            {
                Console.WriteLine("the previous one does not become ready again beside the new tables");
            }

            Console.WriteLine($"on the previous one, put back beside the new tables: {later.Count(c => c.IsDone)} of {later.Length} at their end");
        }

        await using var database = NpgsqlDataSource.Create(servers.Postgres);
        var (bookings, cases) = (await CountAsync(database, "select count(*) from booking where openid like 'oUpgrade%'"), await CountAsync(database, "select count(*) from case_file where kind = 'praise'"));
        var wanted = (Bookings: citizens.Count(c => c.Books), Cases: citizens.Count(c => !c.Books));
        Console.WriteLine($"{bookings} bookings of {wanted.Bookings}, {cases} cases of {wanted.Cases}; {talk.Count} callbacks, {talk.Unanswered} unanswered, {talk.Differing} repeats with another answer, slowest {talk.Slowest.TotalMilliseconds:0} ms");
        foreach (var citizen in citizens.Where(c => !c.IsDone))
            Console.WriteLine($"{citizen.OpenId} last heard: {citizen.Heard}");
        return bookings == wanted.Bookings && cases == wanted.Cases && talk.Unanswered + talk.Differing == 0 && citizens.All(c => c.IsDone) ? 0 : 1;
    }

    private static async Task<string> MigrationAsync(Servers servers)
    {
        await using var database = NpgsqlDataSource.Create(servers.Postgres);
        await using var command = database.CreateCommand("select max(scriptname) from schema_migration");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>What was said, and how it went.</summary>
internal sealed class Conversations
{
    public int Count { get; private set; }

    public int Unanswered { get; private set; }

    public int Differing { get; private set; }

    public TimeSpan Slowest { get; private set; }

    /// <param name="hosts">Each hears the next message in turn.</param>
    /// <param name="twice">The other host is delivered each message, too: it must answer the same.</param>
    public async Task GoOnAsync(Applicant citizen, int turns, HostProcess[] hosts, bool twice = false)
    {
        for (var turn = 0; turn < turns && !citizen.IsDone; turn++)
        {
            var (words, message) = (citizen.Next(), HostProcess.NewMessage);
            var heard = await AskAsync(citizen.OpenId, words, hosts[turn % hosts.Length], message);
            if (twice && await AskAsync(citizen.OpenId, words, hosts[(turn + 1) % hosts.Length], message) != heard)
                Differing++;
            if (heard is not null)
                citizen.Hear(heard);
        }
    }

    public async Task<string?> AskAsync(string citizen, string words, HostProcess host, string? message = null)
    {
        var (heard, took) = await host.SayAsync(citizen, words, message);
        Count++;
        if (heard is null or "success")
            Unanswered++;
        if (took > Slowest)
            Slowest = took;
        return heard;
    }
}
