using Bot.Data.ApiKeys;
using Bot.Data.Consents;
using Bot.Data.Notices;
using Bot.Data.Postgres;
using Bot.Data.Redis;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Data;

public static class NoticeServices
{
    extension(IServiceCollection services)
    {
        /// <summary>The stores of notices. An <see cref="INoticeWatch"/> may be registered before.</summary>
        /// <param name="redis">True when all hosts share one Redis (after AddRedisSessions): it then keeps the rates and the platform's tokens.</param>
        public IServiceCollection AddNotices(bool redis)
        {
            services.TryAddSingleton<INoticeWatch, NobodyCounts>();
            services.AddSingleton<PostgresNoticeMaking>().AddSingleton<PostgresNoticeErasure>().AddSingleton<PostgresNoticeRows>().AddSingleton<PostgresNoticeResend>().AddSingleton<PostgresNotices>();
            services.AddSingleton<PostgresNoticeSpans>().AddSingleton<PostgresNoticeEvents>().AddSingleton<PostgresNoticeResults>().AddSingleton<PostgresNoticeSettling>().AddSingleton<PostgresNoticeSweep>();
            services.AddSingleton<INotices>(provider => provider.GetRequiredService<PostgresNotices>());
            services.AddSingleton<INoticeEvents>(provider => provider.GetRequiredService<PostgresNoticeEvents>());
            services.AddSingleton<INoticeQueue, PostgresNoticeQueue>();
            services.AddSingleton<INoticeTemplates, PostgresNoticeTemplates>().AddSingleton<PostgresDefinedTemplates>().AddSingleton<IMessageTemplates, PostgresMessageTemplates>();
            services.AddSingleton<INoticeOptOuts, PostgresNoticeOptOuts>();
            services.AddSingleton<INoticeTesters, PostgresNoticeTesters>();
            services.AddSingleton<INoticeWebhooks, PostgresNoticeWebhooks>().AddSingleton<IConsents, PostgresConsents>();
            services.AddSingleton<INoticeComposings, PostgresNoticeComposings>().AddSingleton<INoticeGathering, PostgresNoticeGathering>();
            services.AddSingleton<IApiKeys, PostgresApiKeys>().AddSingleton<INoticeUse, PostgresNoticeUse>();
            services.AddSingleton<LocalTokenBucket>().AddSingleton<LocalCallLimit>();
            if (redis)
                return services.AddSingleton<ITokenBucket, RedisTokenBucket>().AddSingleton<ICallLimit, RedisCallLimit>().AddSingleton<ITokenStore, RedisTokenStore>();
            services.AddSingleton<ICallLimit>(provider => provider.GetRequiredService<LocalCallLimit>());
            return services.AddSingleton<ITokenBucket>(provider => provider.GetRequiredService<LocalTokenBucket>());
        }
    }
}
