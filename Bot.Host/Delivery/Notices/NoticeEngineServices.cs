using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.Handlers.Notices;
using Bot.Host.Delivery.Webhooks;
using Bot.Host.Operation;
using Bot.Host.Settings;

namespace Bot.Host.Delivery.Notices;

internal static class NoticeEngineServices
{
    extension(IServiceCollection services)
    {
        /// <summary>What sends notices and keeps their templates up to date. Needs the stores, the platform's API and the metrics.</summary>
        public IServiceCollection AddNoticeEngine()
        {
            services.AddOptions<NoticesOptions>().BindConfiguration(NoticesOptions.Section);
            services.AddSingleton<NoticeTiming>().AddSingleton<PlatformReady>().AddSingleton<INoticeWatch, NoticeCounted>();
            services.AddSingleton<NoticeLines>().AddSingleton<NoticeClaimer>().AddSingleton<NoticeSender>().AddSingleton<ResultWriter>();
            services.AddSingleton<SendRate>().AddSingleton<SendPause>();
            services.AddHostedService<NoticeEngine>().AddHostedService<NoticeErasure>();
            services.AddSingleton<WebhookClient>().AddSingleton<IJobHandler, WebhookJob>();
            return services.AddSingleton<TemplateSync>().AddSingleton<ITemplateSync>(provider => provider.GetRequiredService<TemplateSync>())
                .AddHostedService(provider => provider.GetRequiredService<TemplateSync>());
        }
    }

    private sealed class NoticeCounted(BotMetrics metrics) : INoticeWatch
    {
        public void Moved(RecipientStatus status, int recipients) => metrics.NoticesMoved(status, recipients);
    }
}
