using System.Diagnostics;
using System.Globalization;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Bench.Notices;

/// <summary>Hosts that send one bulk notice and are killed at random while they do; the platform then says what each citizen got.</summary>
internal sealed record CrashRun
{
    public required string Postgres { get; init; }

    public required string Redis { get; init; }

    public int Recipients { get; init; } = 20_000;

    public int Kills { get; init; } = 10;

    public int Hosts { get; init; } = 3;

    public int Seed { get; init; }

    /// <summary>Short, so that a run does not wait for the dead; in service a minute.</summary>
    public int LeaseSeconds { get; init; } = 4;

    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(8);

    public async Task<CrashReport> RunAsync()
    {
        var random = new Random(Seed);
        var dice = new Random(Seed + 1);
        await using var stub = await StubPlatform.StartAsync(
            delay: _ => TimeSpan.FromMilliseconds(Roll(dice, 150)), losesAnswer: _ => Roll(dice, 100) == 0);
        using var desk = await new EngineHost { Postgres = Postgres, Platform = stub.Address, Sends = false }.StartAsync();
        await BenchTemplate.SyncAsync(desk.Services.GetRequiredService<INoticeTemplates>());
        var answer = await desk.Services.GetRequiredService<NoticeOffice>().SendAsync(
            BenchTemplate.Request(NoticeLane.Bulk), BenchTemplate.Rows(Recipients), CancellationToken.None);
        var id = ((NoticeAnswer.Accepted)answer).Notice.Id;

        var hosts = Enumerable.Range(0, Hosts).Select(_ => StartHost(stub)).ToArray();
        var since = Stopwatch.StartNew();
        var kills = 0;
        Notice? notice;
        try
        {
            do
            {
                await Task.Delay(random.Next(20, 80));
                // Spread over the run by what was sent, so that a slow machine does not see them all at its beginning.
                if (kills < Kills && stub.Got.Count >= (long)Recipients * (kills + 1) / (Kills + 1))
                {
                    var victim = random.Next(Hosts);
                    hosts[victim].Kill();
                    hosts[victim].Dispose();
                    hosts[victim] = StartHost(stub);
                    kills++;
                }

                notice = await desk.Services.GetRequiredService<INotices>().FindAsync(id, CancellationToken.None);
            }
            while (notice!.Status is not NoticeStatus.Done && since.Elapsed < Patience);
            await Task.WhenAll(hosts.Select(h => h.StopAsync()));
        }
        finally
        {
            foreach (var host in hosts)
                host.Dispose();
        }

        notice = await desk.Services.GetRequiredService<INotices>().FindAsync(id, CancellationToken.None);
        return new(
            Recipients, kills, stub.Got.Count, stub.Got.Values.Count(got => got > 1), stub.Calls, notice!.Status, notice.Counts, since.Elapsed);
    }

    private static int Roll(Random dice, int sides)
    {
        lock (dice)
            return dice.Next(sides);
    }

    private ChildProcess StartHost(StubPlatform stub) => ChildProcess.Start(
        "worker", "--postgres", Postgres, "--redis", Redis, "--platform", stub.Address,
        "--lease-seconds", LeaseSeconds.ToString(CultureInfo.InvariantCulture));
}

/// <param name="Reached">Citizens who got it at least once.</param>
/// <param name="Twice">Citizens who got it more than once.</param>
/// <param name="Calls">Requests the platform saw, doubles that it dropped among them.</param>
internal sealed record CrashReport(
    int Recipients, int Kills, int Reached, int Twice, long Calls, NoticeStatus Status, NoticeCounts Counts, TimeSpan Took)
{
    public bool Good => Reached == Recipients && Twice == 0 && Status is NoticeStatus.Done && Counts.Sent == Recipients;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Recipients} recipients, {Kills} kills: {Recipients - Reached} lost, {Twice} twice, {Calls - Recipients} repeats dropped by the platform, {Status}, {Took.TotalSeconds:0} s");
}
