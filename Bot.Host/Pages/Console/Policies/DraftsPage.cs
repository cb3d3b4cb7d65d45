using Bot.Data.Policies;
using Bot.Data.Staff;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>稿件: what is being edited, reviewed, issued, or waits for its time.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class DraftsPage(IPolicyDrafts drafts) : ConsolePage
{
    public const string Path = "/console/policies/drafts";

    public override string Title => "稿件";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    public IReadOnlyList<DraftRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Rows = await drafts.ListAsync(ct);
}
