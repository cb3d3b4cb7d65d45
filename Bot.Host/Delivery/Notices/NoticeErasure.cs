using Bot.Data.Notices;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Notices;

/// <summary>Forgets once a day whom old notices went to and what they said.</summary>
internal sealed partial class NoticeErasure(
    INotices notices, INoticeWebhooks webhooks, Readiness readiness, IOptions<NoticesOptions> options, TimeProvider clock, ILogger<NoticeErasure> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_callsKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = s_every;
            try
            {
                var rows = await notices.EraseAsync(clock.GetUtcNow().AddDays(-options.Value.KeepDays), stoppingToken);
                await webhooks.ForgetAsync(clock.GetUtcNow() - s_callsKept, stoppingToken);
                if (rows > 0)
                    LogErased(rows, options.Value.KeepDays);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
                wait = s_again;
            }

            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Rows} recipients of notices erased after {Days} days")]
    private partial void LogErased(int rows, int days);

    [LoggerMessage(LogLevel.Warning, "Old notices could not be erased ({Kind}); trying again")]
    private partial void LogFailed(string kind);
}
