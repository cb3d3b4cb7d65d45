using Bot.Data;
using Bot.Data.Calendar;
using Bot.Data.Keywords;
using Bot.Data.Policies;
using Bot.Data.Privacy;
using Bot.Handlers;
using Bot.Handlers.Keywords;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Host.Operation;

namespace Bot.Host.Content;

/// <summary>Keeps the published content in memory: at start, and again whenever any host changed it.</summary>
internal sealed partial class ContentLoader(
    IContentChanges changes, IPolicies policies, IKeywordReplies keywords, PolicyLibrary library, KeywordRules rules,
    ICalendarDays days, CalendarLibrary calendar, ISensitiveWords sensitive, SensitiveWords sensitiveWords,
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
            await demo.LoadAsync(ct);
        var published = await policies.PublishedAsync(ct);
        var began = clock.GetTimestamp();
        library.Replace(published);
        library.RankHot(await policies.MostReadAsync(Beijing.DateOf(clock.GetUtcNow()).AddDays(-HotDays), HotRows, ct));
        rules.Replace(await keywords.EnabledAsync(ct));
        calendar.Replace(await days.AllAsync(ct));
        sensitiveWords.Replace((await sensitive.AllAsync(ct)).Select(s => s.Word));
        LogLoaded(published.Count, (int)clock.GetElapsedTime(began).TotalMilliseconds);
        readiness.TellLoaded();
    }

    [LoggerMessage(LogLevel.Information, "{Count} documents are in memory, indexed in {Milliseconds} ms")]
    private partial void LogLoaded(int count, int milliseconds);
}
