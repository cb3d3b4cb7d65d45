using Bot.Data;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Cases;
using Bot.Data.Consultations;
using Bot.Data.Jobs;
using Bot.Data.Keywords;
using Bot.Data.Policies;
using Bot.Data.Privacy;
using Bot.Data.Settings;
using Bot.Data.Surveys;
using Bot.Handlers;
using Bot.Handlers.Appointments;
using Bot.Handlers.Keywords;
using Bot.Handlers.Language;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Participation.Surveys;
using Bot.Handlers.Policies;
using Bot.Host.Operation;
using Bot.Host.Settings;

namespace Bot.Host.Content;

/// <summary>Keeps the published content in memory: at start, and again whenever any host changed it.</summary>
internal sealed partial class ContentLoader(
    IContentChanges changes, ShelfReader shelf, IPolicies policies, IKeywordReplies keywords, IJobs jobs, PolicyLibrary library, KeywordRules rules,
    ICaseCategories categories, CaseCatalogue cases, DemoCases demoCases, DemoSuggestion demoSuggestion, DemoSurveys demoSurveys, DemoConsultations demoConsultations,
    ICalendarDays days, CalendarLibrary calendar, ISensitiveWords sensitive, SensitiveWords sensitiveWords,
    IAppointmentSetup setup, AppointmentPlans plans, IFieldCiphers ciphers,
    ISettings settings, RunTimeSettings runTime, NewsReader news, ISurveys surveys, SurveyLibrary surveyLibrary,
    IConsultations consultations, ConsultationLibrary consultationLibrary,
    DemoContent demo, Readiness readiness, TimeProvider clock, ILogger<ContentLoader> logger) : BackgroundService
{
    private const int HotRows = 9;
    private const int HotDays = 30;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        await changes.WatchAsync(LoadAsync, stoppingToken);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (!readiness.IsReady)
        {
            await demo.LoadAsync(ct);
            await jobs.KeepAsync(new NewJob(IPolicyDays.JobKind, "daily", "{}", clock.GetUtcNow()), ct);
            await demoCases.LoadAsync(ct);
            await demoSuggestion.LoadAsync(ct);
            await demoSurveys.LoadAsync(ct);
            await demoConsultations.LoadAsync(ct);
        }

        runTime.Apply(await settings.AllAsync(ct));
        var content = await shelf.ReadAsync(ct);
        var began = clock.GetTimestamp();
        library.Replace(content);
        var took = clock.GetElapsedTime(began);
        library.RankHot(await policies.MostReadAsync(Beijing.DateOf(clock.GetUtcNow()).AddDays(-HotDays), HotRows, ct));
        await news.ReadAsync(ct);
        surveyLibrary.Replace(await surveys.PublishedAsync(ct));
        consultationLibrary.Replace(await consultations.CurrentAsync(ct));
        rules.Replace(await keywords.EnabledAsync(ct));
        calendar.Replace(await days.AllAsync(ct));
        cases.Replace(await categories.AllAsync(ct), await categories.DepartmentsAsync(ct));
        sensitiveWords.Replace((await sensitive.AllAsync(ct)).Select(s => s.Word));
        plans.Replace(await setup.LoadAsync(ct));
        if (!readiness.IsReady)
        {
            // Before the first rush, not by it.
            await ciphers.GetAsync(ct);
            await jobs.KeepAsync(BookingCareJob.Always, ct);
            foreach (var refit in RefitJob.OfRelease(clock.GetUtcNow()))
                await jobs.EnqueueAsync(refit, ct);
        }

        LogLoaded(content.Policies.Count, (int)took.TotalMilliseconds);
        readiness.TellLoaded();
    }

    [LoggerMessage(LogLevel.Information, "{Count} documents are in memory, indexed in {Milliseconds} ms")]
    private partial void LogLoaded(int count, int milliseconds);
}
