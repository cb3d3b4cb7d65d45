using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Notices;

/// <summary>Sends what is in the queue, with every other host that does. Nothing here is lost with the process.</summary>
internal sealed partial class NoticeEngine(
    INoticeQueue queue, INoticeEvents events, NoticeLines lines, NoticeClaimer claimer, NoticeSender sender, ResultWriter writer, UnkeptResults unkept, NoticeTiming timing,
    Readiness readiness, PlatformReady platform, IHostApplicationLifetime life, IOptions<NoticesOptions> options, TimeProvider clock, ILogger<NoticeEngine> logger)
    : BackgroundService
{
    // Inside the Host's own patience, so that there is time to give back and to write.
    private static readonly TimeSpan s_lastCalls = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_lastWrites = TimeSpan.FromSeconds(3);

    private readonly QuietHours _quiet = QuietHours.TryParse(options.Value.QuietHours, out var hours) ? hours : QuietHours.None;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The Host stops its services one after the other, and citizens' answers come first: by our turn its patience may be used up.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, life.ApplicationStopping);
        await RunAsync(either.Token);
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        await platform.WaitAsync(stoppingToken);
        using var abandon = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        var writing = writer.RunAsync(giveUp.Token);
        var listening = queue.ListenAsync(claimer.Hear, stoppingToken);
        var claiming = claimer.RunAsync(LogFailed, stoppingToken);
        var sweeping = SweepAsync(stoppingToken);
        var senders = Enumerable.Range(0, options.Value.Workers).Select(_ => sender.RunAsync(stoppingToken, abandon.Token)).ToArray();

        // Whatever they end with: answers that came must be written, and what was not tried goes back.
        await Task.WhenAll(claiming, sweeping, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        abandon.CancelAfter(s_lastCalls);
        await Task.WhenAll(senders);
        while (lines.TryTake(out var notice, out _))
            writer.Add(NoticeVerdict.GiveBack(notice, clock.GetUtcNow()));
        writer.Complete();
        giveUp.CancelAfter(s_lastWrites);
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await queue.SweepAsync(ct, _quiet.IsQuiet(clock.GetUtcNow()));
                await unkept.KeepAsync(events, ct);
                claimer.Ring();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e);
            }

            // Hosts that started together do not sweep together for ever.
            await Task.Delay(timing.Sweep * (0.75 + Random.Shared.NextDouble() / 2), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void LogFailed(Exception e) => LogFailed(e.GetType().Name, e.Message);

    [LoggerMessage(LogLevel.Warning, "The queue of notices did not answer ({Kind}): {Reason}; trying again")]
    private partial void LogFailed(string kind, string reason);
}
