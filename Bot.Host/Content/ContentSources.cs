using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Cases;
using Bot.Data.Consultations;
using Bot.Data.Keywords;
using Bot.Data.Privacy;
using Bot.Data.Settings;
using Bot.Data.Surveys;
using Bot.Handlers.Keywords;
using Bot.Handlers.Language;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Participation.Surveys;
using Bot.Host.Settings;

namespace Bot.Host.Content;

/// <summary>What is kept in memory and where each is read from, in order; and what the demo fills. A new kind of content is a line here.</summary>
internal static class ContentSources
{
    public static void AddContent(this IServiceCollection services)
    {
        services.Read<ISettings, RunTimeSettings>(async (from, to, ct) => to.Apply(await from.AllAsync(ct)));
        services.AddSingleton<ShelfReader>().Read<ShelfReader>((shelf, ct) => shelf.ReadAsync(ct));
        services.AddSingleton<NewsReader>().Read<NewsReader>((news, ct) => news.ReadAsync(ct));
        services.Read<ISurveys, SurveyLibrary>(async (from, to, ct) => to.Replace(await from.PublishedAsync(ct)));
        services.Read<IConsultations, ConsultationLibrary>(async (from, to, ct) => to.Replace(await from.CurrentAsync(ct)));
        services.Read<IKeywordReplies, KeywordRules>(async (from, to, ct) => to.Replace(await from.EnabledAsync(ct)));
        services.Read<ICalendarDays, CalendarLibrary>(async (from, to, ct) => to.Replace(await from.AllAsync(ct)));
        services.Read<ICaseCategories, CaseCatalogue>(async (from, to, ct) => to.Replace(await from.AllAsync(ct), await from.DepartmentsAsync(ct)));
        services.Read<ISensitiveWords, SensitiveWords>(async (from, to, ct) => to.Replace((await from.AllAsync(ct)).Select(s => s.Word)));
        services.Read<IAppointmentSetup, AppointmentPlans>(async (from, to, ct) => to.Replace(await from.LoadAsync(ct)));

        services.AddSingleton<DemoContent>();
        services.AddSingleton<IDemoPart, DemoStaff>().AddSingleton<IDemoPart, DemoHalls>().AddSingleton<IDemoPart, DemoPolicies>().AddSingleton<IDemoPart, DemoCases>()
            .AddSingleton<IDemoPart, DemoSuggestion>().AddSingleton<IDemoPart, DemoSurveys>().AddSingleton<IDemoPart, DemoConsultations>().AddSingleton<IDemoPart, DemoArticles>();

        services.AddHostedService<ContentLoader>();
    }

    private static void Read<TFrom, TTo>(this IServiceCollection services, Func<TFrom, TTo, CancellationToken, Task> read)
        where TFrom : notnull
        where TTo : notnull =>
        services.AddSingleton(provider => new ContentSource(ct => read(provider.GetRequiredService<TFrom>(), provider.GetRequiredService<TTo>(), ct)));

    private static void Read<TReader>(this IServiceCollection services, Func<TReader, CancellationToken, Task> read)
        where TReader : notnull =>
        services.AddSingleton(provider => new ContentSource(ct => read(provider.GetRequiredService<TReader>(), ct)));
}

/// <param name="ReadAsync">Brings into memory what the database has now; for one caller at a time.</param>
internal sealed record ContentSource(Func<CancellationToken, Task> ReadAsync);
