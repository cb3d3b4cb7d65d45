using Bot.Data.Cases;
using Bot.Data.Objects;
using Bot.Data.Postgres;
using Bot.Data.Postgres.Records;
using Bot.Data.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Data;

public static class CaseServices
{
    /// <summary>Photos lie in the store that is set; without one, in the database.</summary>
    public static IServiceCollection AddObjectStore(this IServiceCollection services, ObjectStoreOptions options) =>
        options.Endpoint.Length == 0 ? services : services.AddSingleton(_ => new S3Objects(options));

    /// <summary>The stores of cases; after AddBotDatabase. <see cref="CaseLimits"/> may be registered before; <see cref="ICaseLetters"/> must be.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.TryAddSingleton(new CaseLimits());
        services.AddSingleton<ICitizenRecords, CaseRecords>();
        return services.AddSingleton<CaseCitizens>().AddSingleton<CaseContents>().AddSingleton<ForgottenCases>().AddSingleton<CaseOriginals>().AddSingleton<CaseChanges>()
            .AddSingleton<PostgresCases>().AddSingleton<ICases>(provider => provider.GetRequiredService<PostgresCases>())
            .AddSingleton<IPublicCases, PostgresPublicCases>()
            .AddSingleton<ICaseFigures, PostgresCaseFigures>()
            .AddSingleton<ICaseDesk, PostgresCaseDesk>()
            .AddSingleton<PostgresCaseDocuments>().AddSingleton<ICaseDocuments>(provider => provider.GetRequiredService<PostgresCaseDocuments>())
            .AddSingleton<ICaseCategories, PostgresCaseCategories>()
            .AddSingleton<ICasePhrases, PostgresCasePhrases>()
            .AddSingleton<ICaseDrafts, PostgresCaseDrafts>()
            .AddSingleton<ICasePhotos, PostgresCasePhotos>().AddSingleton<IOpenPictures, PostgresOpenPictures>();
    }
}
