using System.Diagnostics;
using System.Globalization;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Bench.Notices;

/// <summary><c>notices million</c>: makes and sends one big notice in a process of its own, with single notices in between.</summary>
internal static class MillionRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var recipients = arguments.Number("recipients", 1_000_000);
        using var host = await new EngineHost
        {
            Postgres = arguments.Text("postgres"), Redis = arguments.Text("redis"), Platform = arguments.Text("platform"),
            Workers = arguments.Number("workers", 16), RatePerSecond = arguments.Number("rate", 0),
        }.StartAsync();
        var office = host.Services.GetRequiredService<NoticeOffice>();
        var notices = host.Services.GetRequiredService<INotices>();
        await BenchTemplate.SyncAsync(host.Services.GetRequiredService<INoticeTemplates>());

        var since = Stopwatch.StartNew();
        var made = await office.SendAsync(BenchTemplate.Request(NoticeLane.Bulk), BenchTemplate.Rows(recipients), CancellationToken.None);
        var id = ((NoticeAnswer.Accepted)made).Notice.Id;
        Print($"queued     {recipients} recipients in {since.Elapsed.TotalSeconds:0.0} s, {recipients / since.Elapsed.TotalSeconds:0} a second");

        since.Restart();
        List<string> singles = [];
        while (await notices.FindAsync(id, CancellationToken.None) is { Status: not NoticeStatus.Done })
        {
            var single = await office.SendAsync(
                BenchTemplate.Request(NoticeLane.Single), new OpenId($"single-{singles.Count}"), BenchTemplate.Data, CancellationToken.None);
            singles.Add(((NoticeAnswer.Accepted)single).Notice.Id);
            await Task.Delay(500);
        }

        Print($"sent       in {since.Elapsed.TotalSeconds:0.0} s, {recipients / since.Elapsed.TotalSeconds:0} a second");
        List<double> delays = [];
        foreach (var single in singles)
        {
            var row = (await notices.RecipientsAsync(single, null, 0, 1, CancellationToken.None)).Single();
            delays.Add(row.SentAt is { } at ? (at - (await notices.FindAsync(single, CancellationToken.None))!.CreatedAt).TotalSeconds : double.PositiveInfinity);
        }

        delays.Sort();
        Print($"singles    {delays.Count} meanwhile, handed over after p50 {At(0.5):0.000} s, p95 {At(0.95):0.000} s, worst {delays[^1]:0.000} s");
        using var self = Process.GetCurrentProcess();
        var peak = self.PeakWorkingSet64 / (1024.0 * 1024);
        Print($"peak RSS   {peak:0} MiB");
        await host.StopAsync();
        return At(0.95) <= 10 && peak < 300 ? 0 : 1;

        double At(double part) => delays[Math.Min(delays.Count - 1, (int)(delays.Count * part))];
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
