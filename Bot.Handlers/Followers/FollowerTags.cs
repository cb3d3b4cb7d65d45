using Bot.Data.Privacy;
using Bot.Handlers.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Handlers.Followers;

public static class FollowerTags
{
    /// <summary>粉丝标签, where the platform's API is there.</summary>
    public static IServiceCollection AddFollowerTags(this IServiceCollection services) =>
        services.AddSingleton<TagDesk>().AddSingleton<IJobHandler, TagMirror>().AddSingleton<ICitizenRecords, TagRecords>();
}
