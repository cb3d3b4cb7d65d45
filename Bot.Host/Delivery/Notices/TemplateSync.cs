using Bot.Data.Consents;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.WeChat.Api;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Notices;

/// <summary>Takes over the account's templates at start and every hour; the console asks for it at once.</summary>
internal sealed partial class TemplateSync(
    ITemplates platform, INoticeTemplates templates, ISubscriptions subscriptions, IConsents consents, Readiness readiness, PlatformReady ready, IOptions<BotOptions> options, TimeProvider clock,
    ILogger<TemplateSync> logger) : BackgroundService, ITemplateSync
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_againAtFirst = TimeSpan.FromSeconds(15);

    // What the demo's notices and its documents call them.
    private static readonly Dictionary<string, string> s_demoCodes = new(StringComparer.Ordinal)
    {
        ["业务办理进度提醒"] = "progress", ["预约成功通知"] = "booking", ["预约取消通知"] = "booking-cancelled", ["预约提醒"] = "booking-reminder",
        ["候补名额通知"] = "waitlist", ["排队叫号提醒"] = "queue-call", ["工单受理通知"] = "case-accepted", ["工单答复通知"] = "case-reply",
        ["政策更新提醒"] = "policy-update", ["服务评价邀请"] = "rating", ["证件到期提醒"] = "expiry", ["停办公告通知"] = "closure", ["缴费成功通知"] = "payment",
    };

    private static readonly Dictionary<string, string> s_noCodes = [];

    public async Task<TemplatesSynced?> SyncAsync(CancellationToken ct)
    {
        var listed = await platform.ListAsync(ct);
        if (!listed.Ok)
        {
            LogRefused(listed.Error.Code, listed.Error.Rid);
            return null;
        }

        var sync = await templates.SyncAsync(listed.Value, options.Value.Demo ? s_demoCodes : s_noCodes, ct);
        LogSynced(listed.Value.Count, sync.Added, sync.Changed, sync.Gone);

        // After the codes of message templates, which theirs follow. An account without the right to them has none.
        var subscribed = await subscriptions.ListAsync(ct);
        if (subscribed.Ok)
            await consents.SyncAsync(subscribed.Value, ct);
        return sync;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        await ready.WaitAsync(stoppingToken);
        var wait = s_againAtFirst;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                wait = await SyncAsync(stoppingToken) is not null || wait >= s_every ? s_every : wait * 2;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name, e.Message);
            }

            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} templates: {Added} new, {Changed} changed, {Gone} gone")]
    private partial void LogSynced(int count, int added, int changed, int gone);

    [LoggerMessage(LogLevel.Warning, "The platform did not list its templates ({Code}, {Rid})")]
    private partial void LogRefused(int code, string? rid);

    [LoggerMessage(LogLevel.Warning, "Templates could not be taken over ({Kind}): {Reason}; trying again")]
    private partial void LogFailed(string kind, string reason);
}
