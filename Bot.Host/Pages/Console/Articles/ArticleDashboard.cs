using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Publishing;
using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console;

/// <summary>What of the articles waits for staff.</summary>
internal sealed class ArticleDashboard(IArticleFolder folder, IArticleWatch watch, CalendarLibrary calendar, PublishingOptions options, TimeProvider clock) : IDashboardSource
{
    private const int Rows = 5;

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Editor, StaffRole.NoticeApprover);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var review = await folder.ListAsync(new(ArticleState.Review, Rows: Rows), ct);
        var signing = await folder.ListAsync(new(ArticleState.Signing, Rows: Rows), ct);
        var columns = (await watch.PulseAsync(now.AddDays(-days), ct)).Select(p => ColumnHealth.Of(p, calendar.Current, now)).ToArray();
        var silent = columns.Where(h => h.IsSilent).ToArray();
        var (counted, inTime) = (columns.Sum(h => h.Counted), columns.Sum(h => h.InTime));
        var today = Beijing.DateOf(now);
        var lapsing = await watch.LapsingAsync(today, today.AddDays(options.LapseWarningDays), ct);
        var (_, findings) = await watch.FindingsAsync(ct);
        return new()
        {
            Figures =
            [
                new("文章待审核", review.Total, $"{ArticlesPage.Path}?state=Review", review.Total > 0 ? Tone.Warn : Tone.Plain),
                new("文章待签发", signing.Total, $"{ArticlesPage.Path}?state=Signing", signing.Total > 0 ? Tone.Warn : Tone.Plain),
                new("栏目久未更新", silent.Length, ArticleWatchPage.Path, silent.Length > 0 ? Tone.Bad : Tone.Good, silent.Length == 0 ? null : string.Join('、', silent.Select(s => s.Pulse.Column.Name))),
                new("文章快到期", lapsing.Count, ArticleWatchPage.Path, lapsing.Count > 0 ? Tone.Warn : Tone.Good, lapsing.Count == 0 ? null : lapsing[0].Title),
                new("文章链接异常", findings, ArticleWatchPage.Path, findings > 0 ? Tone.Bad : Tone.Good),
                .. counted == 0 ? Array.Empty<DashboardFigure>() :
                [
                    new($"近 {days} 天按时公开（%）", 100L * inTime / counted, ArticleWatchPage.Path, inTime < counted ? Tone.Warn : Tone.Good,
                        $"{counted} 篇中 {inTime} 篇在栏目规定的工作日内"),
                ],
            ],
            Lists = review.Total + signing.Total == 0 ? [] :
            [
                new("等待审核和签发的文章", ArticlesPage.Path, [.. review.Rows.Concat(signing.Rows).Take(Rows).Select(Row)], "没有等待处理的文章"),
            ],
        };
    }

    private static DashboardRow Row(ArticleRow row) => new(
        row.Title, string.Create(CultureInfo.InvariantCulture, $"{ArticlesPage.Path}/{row.Id}"), ArticleWords.Of(row.State), Tone.Warn);
}
