using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console.Policies;

internal static class PoliciesPages
{
    extension(IServiceCollection services)
    {
        /// <summary>What the pages of 政策库 need beside the stores.</summary>
        public IServiceCollection AddPoliciesPages() => services.AddSingleton<IDashboardSource, PoliciesDashboard>();
    }
}

/// <summary>What editors see first: what waits for them, what citizens did not find, what gets old.</summary>
internal sealed class PoliciesDashboard(
    IPolicies policies, IPolicyDrafts drafts, IPolicyMisses misses, PolicyLibrary library, FreshnessRule rule, TimeProvider clock) : IDashboardSource
{
    private const int Rows = 6;

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Editor);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var today = Beijing.DateOf(clock.GetUtcNow());
        var fresh = await policies.FreshnessAsync(today, rule.LapseWarningDays, ct);
        var waiting = (await drafts.ListAsync(ct)).Where(d => d.State is DraftState.Submitted or DraftState.Reviewed && d.EditedBy != person.Name).ToArray();
        var missed = await misses.ListAsync(0, Rows, ct);
        return new()
        {
            Figures =
            [
                new("政策库已发布", library.Shelf.ById.Count, PoliciesPage.Path),
                new("政策待审核、签发", waiting.Length, DraftsPage.Path, waiting.Length > 0 ? Tone.Warn : Tone.Plain),
                new("政策库没查到的问题", await misses.CountAsync(ct), MissesPage.Path),
                new($"{rule.LapseWarningDays} 天内失效的政策", fresh.Lapsing.Count, PoliciesPage.Path, fresh.Lapsing.Count > 0 ? Tone.Warn : Tone.Plain, rule.Stale(fresh, clock.GetUtcNow())),
            ],
            Lists =
            [
                new("市民没有查到的问题", MissesPage.Path, [.. missed.Select(m => new DashboardRow(m.Question, MissesPage.Path, $"{m.Missed + m.Refused} 次"))], "都查得到，很好。"),
            ],
        };
    }
}
