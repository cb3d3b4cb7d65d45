using System.Globalization;
using Bot.Data.Followers;
using Bot.Data.Staff;
using Bot.Handlers;

namespace Bot.Host.Pages.Console.Home;

/// <summary>粉丝: how many, and how many came and went each day.</summary>
internal sealed class FollowerFigures(IFollowerList followers, TimeProvider clock) : IDashboardSource
{
    // To count a million takes half a second; once a minute is often enough.
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);

    private readonly Kept<int, DashboardPart> _counted = new(s_kept, clock);

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Administrator, StaffRole.Editor, StaffRole.Agent, StaffRole.NoticeMaker);

    public Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct) => _counted.GetAsync(days, () => CountAsync(days, CancellationToken.None));

    private async Task<DashboardPart> CountAsync(int days, CancellationToken ct)
    {
        var today = Beijing.DateOf(clock.GetUtcNow());
        var growth = await followers.GrowthAsync(today.AddDays(1 - days), today, ct);
        return new()
        {
            Figures = [new("关注者", await followers.CountAsync(ct), FollowersPage.Path)],
            Charts =
            [
                new("关注变化", "line", [.. growth.Select(d => d.Day.ToString("M-d", CultureInfo.InvariantCulture))],
                    [new("新关注", [.. growth.Select(d => d.Came)]), new("取消关注", [.. growth.Select(d => d.Went)])]),
            ],
        };
    }
}
