using Bot.Data.Articles;
using Bot.Data.Performance;
using Bot.Data.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Data;

public static class ArticleServices
{
    /// <summary>The stores of articles, and the public figures; after AddBotDatabase.</summary>
    public static IServiceCollection AddArticleStores(this IServiceCollection services) => services
        .AddSingleton<IArticles, PostgresArticles>()
        .AddSingleton<IArticleColumns, PostgresArticleColumns>()
        .AddSingleton<IArticleFiles, PostgresArticleFiles>()
        .AddSingleton<IArticleDesk, PostgresArticleDesk>()
        .AddSingleton<IArticleFolder, PostgresArticleFolder>()
        .AddSingleton<IArticlePushes, PostgresArticlePushes>()
        .AddSingleton<IArticleNews, PostgresArticleNews>()
        .AddSingleton<IArticleWatch, PostgresArticleWatch>()
        .AddSingleton<IPerformance, PostgresPerformance>();
}
