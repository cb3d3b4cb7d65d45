using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.WeChat.Api;

public static class WeChatApiServices
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// The platform's API, one interface a topic. Needs <see cref="WeChatOptions"/>; register an <see cref="ITokenStore"/> shared by
        /// all hosts and an <see cref="IApiObserver"/> before or after, else tokens stay in this process and nobody counts.
        /// </summary>
        public IServiceCollection AddWeChatApi()
        {
            services.AddOptions<WeChatOptions>();
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<IApiObserver, NobodyWatches>();
            services.TryAddSingleton<ITokenStore, InProcessTokenStore>();
            services.AddSingleton<ApiHosts>();
            services.AddSingleton<ApiTransport>();
            services.AddSingleton<StableToken>();
            services.AddSingleton<IAccessTokens, AccessTokens>();
            services.AddSingleton<WeChatApi>();
            services.AddSingleton<MediaDownload>();
            services.AddSingleton<SpentCodes>();
            services.AddSingleton<ICustomerMessages, CustomerMessages>();
            services.AddSingleton<ITemplates, Templates>();
            services.AddSingleton<ISubscriptions, Subscriptions>();
            services.AddSingleton<IMenus, Menus>();
            services.AddSingleton<IMedia, Media>();
            services.AddSingleton<IQrCodes, QrCodes>();
            services.AddSingleton<IUsers, Users>();
            services.AddSingleton<ITags, Tags>();
            services.AddSingleton<IServiceDesk, ServiceDesk>();
            services.AddSingleton<IMassMessages, MassMessages>();
            services.AddSingleton<IDrafts, Drafts>();
            services.AddSingleton<IPublishing, Publishing>();
            services.AddSingleton<IWebAuthorization, WebAuthorization>();
            services.AddSingleton<IJsSdk, JsSdk>();
            services.AddSingleton<IPlatform, Platform>();
            services.AddHttpClient(ApiTransport.ClientName)
                // The default log knows addresses, which hold tokens, and no errcodes; ours knows paths and errcodes.
                .RemoveAllLoggers()
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(Connections);
            return services;
        }
    }

    private static SocketsHttpHandler Connections() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(3),
        // So that a change of the platform's addresses is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 128,
        AllowAutoRedirect = false,
        UseCookies = false,
        // No traces of the client's own: their addresses hold the token, and the platform needs no trace headers of ours.
        ActivityHeadersPropagator = null,
    };
}
