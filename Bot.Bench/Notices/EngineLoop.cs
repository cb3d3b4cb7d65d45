using System.Diagnostics;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bot.Bench.Notices;

/// <summary>The same by the engine: claimed, sent, written down.</summary>
internal static class EngineLoop
{
    /// <returns>The id of an approved notice.</returns>
    public static async Task<string> PrepareAsync(IHost host, int recipients)
    {
        var notices = host.Services.GetRequiredService<INotices>();
        var answer = await host.Services.GetRequiredService<NoticeOffice>().SendAsync(
            BenchTemplate.Request(NoticeLane.Bulk) with { Origin = NoticeOrigin.Console }, BenchTemplate.Rows(recipients), CancellationToken.None);
        var id = ((NoticeAnswer.Accepted)answer).Notice.Id;
        await notices.SubmitAsync(id, "clerk", CancellationToken.None);
        await notices.ApproveAsync(id, "chief", CancellationToken.None);
        return id;
    }

    /// <returns>Notices a second, from the start of the notice until it is done.</returns>
    public static async Task<double> RunAsync(IHost host, string id)
    {
        var notices = host.Services.GetRequiredService<INotices>();
        var since = Stopwatch.StartNew();
        await notices.StartAsync(id, "chief", null, CancellationToken.None);
        Notice? notice;
        do
        {
            await Task.Delay(50);
            notice = await notices.FindAsync(id, CancellationToken.None);
        }
        while (notice!.Status is not NoticeStatus.Done);
        var speed = notice.Recipients / since.Elapsed.TotalSeconds;
        return notice.Counts.Sent == notice.Recipients ? speed : throw new InvalidOperationException($"not all were sent: {notice.Counts}");
    }
}
