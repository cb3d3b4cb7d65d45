using System.Diagnostics;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bot.Bench.Notices;

/// <summary>The same by the engine: claimed, sent, written down.</summary>
internal static class EngineLoop
{
    /// <returns>Notices a second, from the start of a prepared notice until it is done.</returns>
    public static async Task<double> RunAsync(IHost host, int recipients)
    {
        var notices = host.Services.GetRequiredService<INotices>();
        var answer = await host.Services.GetRequiredService<NoticeOffice>().SendAsync(
            BenchTemplate.Request(NoticeLane.Bulk) with { Origin = NoticeOrigin.Console }, BenchTemplate.Rows(recipients), CancellationToken.None);
        var id = ((NoticeAnswer.Accepted)answer).Notice.Id;
        await notices.SubmitAsync(id, "clerk", CancellationToken.None);
        await notices.ApproveAsync(id, "chief", CancellationToken.None);

        var since = Stopwatch.StartNew();
        await notices.StartAsync(id, "chief", null, CancellationToken.None);
        Notice? notice;
        do
        {
            await Task.Delay(100);
            notice = await notices.FindAsync(id, CancellationToken.None);
        }
        while (notice!.Status is not NoticeStatus.Done);
        var speed = recipients / since.Elapsed.TotalSeconds;
        return notice.Counts.Sent == recipients ? speed : throw new InvalidOperationException($"not all were sent: {notice.Counts}");
    }
}
