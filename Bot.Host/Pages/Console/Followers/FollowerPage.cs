using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Bot.Data.Followers;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Host.Verbs;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One follower, and their right to see and to erase what is kept about them (个人信息保护法 第四十五、四十七条).</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Editor, StaffRole.Agent, StaffRole.NoticeMaker)]
public sealed class FollowerPage(IFollowerList followers, IPrivacyRequests requests, FollowerLink link, TimeProvider clock) : ConsolePage
{
    private const int LongestReason = 100;

    public override string Title => $"粉丝 {FollowersPage.Shown(Follower.Citizen)}";

    public override IReadOnlyList<Crumb> Trail => [new("粉丝", FollowersPage.Path)];

    /// <summary>The citizen, sealed (<see cref="FollowerLink"/>).</summary>
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    [StringLength(LongestReason)]
    public string? ExportReason { get; set; }

    [BindProperty]
    [StringLength(LongestReason)]
    public string? EraseReason { get; set; }

    /// <summary>Whoever asks has shown who they are.</summary>
    [BindProperty]
    public bool Checked { get; set; }

    public FollowerRow Follower { get; private set; } = null!;

    /// <summary>Shown once, to whoever asked for it; null for not asked.</summary>
    public IReadOnlyList<RecordSection>? Kept { get; private set; }

    public bool MayHandOver => Me.Is(StaffRole.Administrator);

    public string Here => $"{FollowersPage.Path}/{Key}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync(ct) ? Page() : NotFound();

    /// <param name="format"><c>file</c> to download it; else it is shown on the page.</param>
    [Only(StaffRole.Administrator)]
    [Repeatable]
    public async Task<IActionResult> OnPostExportAsync(string? format, CancellationToken ct)
    {
        if (!await FindAsync(ct))
            return NotFound();
        if (string.IsNullOrWhiteSpace(ExportReason))
            ModelState.AddModelError(nameof(ExportReason), "请写明原因");
        if (!ModelState.IsValid)
            return Page();
        Kept = await requests.ExportAsync(Follower.Citizen, Me.Name, ExportReason!.Trim(), ct);
        return format == "file"
            ? File(Encoding.UTF8.GetBytes(ExportCitizen.Json(Kept)), "application/json",
                string.Create(CultureInfo.InvariantCulture, $"个人信息{FollowersPage.Shown(Follower.Citizen)}-{Beijing.DateOf(clock.GetUtcNow()):yyyyMMdd}.json"))
            : Page();
    }

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostEraseAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct))
            return NotFound();
        if (string.IsNullOrWhiteSpace(EraseReason))
            ModelState.AddModelError(nameof(EraseReason), "请写明原因");
        if (!Checked)
            ModelState.AddModelError(nameof(Checked), "请先核实身份并勾选");
        if (!ModelState.IsValid)
            return Page();
        var number = await requests.AskEraseAsync(Follower.Citizen, Me.Name, EraseReason!.Trim(), clock.GetUtcNow(), ct);
        return GoTo(FollowersPage.Path, $"已登记（第 {number} 号），个人信息将在几秒内删除，完成后记入审计日志");
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (link.Read(Key) is not { } citizen || await followers.FindAsync(citizen, ct) is not { } found)
            return false;
        Follower = found;
        return true;
    }
}
