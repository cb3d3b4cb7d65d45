using Bot.Data.Articles;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>内容保鲜: silent columns, what is about to lapse, broken links, and whether things were published in time.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ArticleWatchPage(
    IArticleWatch watch, IArticleColumns columns, CalendarLibrary calendar, PublishingOptions options, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/articles/watch";

    private const int DaysCounted = 365;
    private const int LongestName = 20;
    private const int MostSilence = 730;
    private const int MostWithin = 250;

    public override string Title => "内容保鲜";

    public override string Lead => "多久没更新、哪些快到期、哪些链接打不开，以及是否按时公开";

    public override IReadOnlyList<Crumb> Trail => [new("信息发布", ArticlesPage.Path)];

    public IReadOnlyList<ColumnHealth> Columns { get; private set; } = [];

    public IReadOnlyList<(long Id, string Title, DateOnly LapsesOn)> Lapsing { get; private set; } = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<ArticleFinding> Findings { get; private set; } = [];

    public int AllFindings { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => await LoadAsync(ct);

    [Only(StaffRole.Editor, StaffRole.Administrator)]
    public async Task<IActionResult> OnPostColumnAsync(
        string code, int revision, string? name, int silence, int within, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Columns.Select(c => c.Pulse.Column).FirstOrDefault(c => c.Code == code) is not { } column)
            return NotFound();
        if (NewsWords.Printable(name ?? "").Trim() is not { Length: > 0 and <= LongestName } named || silence is < 1 or > MostSilence || within is < 1 or > MostWithin)
            return Refuse($"名称 1 到 {LongestName} 个字，最长间隔 1 到 {MostSilence} 天，公开时限 1 到 {MostWithin} 个工作日。");
        return await columns.SaveAsync(column with { Name = named, LongestSilence = silence, PublishWithin = within, Revision = revision }, Me, ct)
            ? GoTo(Path, "栏目已保存")
            : Refuse("这个栏目刚被他人修改，请刷新后重试。");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = Beijing.DateOf(now);
        Columns = [.. (await watch.PulseAsync(now.AddDays(-DaysCounted), ct)).Select(pulse => ColumnHealth.Of(pulse, calendar.Current, now))];
        Lapsing = await watch.LapsingAsync(today, today.AddDays(options.LapseWarningDays), ct);
        (Findings, AllFindings) = await watch.FindingsAsync(ct);
    }
}
