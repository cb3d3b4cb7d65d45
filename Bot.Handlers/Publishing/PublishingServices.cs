using Bot.Handlers.Jobs;
using Bot.Handlers.Participation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Handlers.Publishing;

internal static class PublishingServices
{
    public static void AddPublishing(this IServiceCollection services)
    {
        services.TryAddSingleton(new PublishingOptions());
        services.AddSingleton<NewsLibrary>().AddSingleton<NewsFinder>().AddSingleton<PerformanceBoard>();
        services.AddSingleton<PushCheck>().AddSingleton<MassQuota>().AddSingleton<PushEnding>().AddSingleton<PushProgress>();
        services.AddSingleton<ArticlePictureUpload>().AddSingleton<PlatformDrafts>().AddSingleton<ArticleDrafting>();
        services.AddSingleton<IJobHandler, ArticlePublisher>().AddSingleton<IJobHandler, ArticlePusher>().AddSingleton<IJobHandler, ArticleNewsTeller>();
        services.AddSingleton<OwnPages>().AddSingleton<OutsideLinks>();
        services.AddSingleton<IJobHandler, ArticleTakedown>().AddSingleton<IJobHandler, ArticleCheck>();
    }
}
