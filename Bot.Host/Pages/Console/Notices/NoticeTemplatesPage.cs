using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>通知模板: what WeChat lists, what the office calls it, who may use it.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.Administrator)]
public sealed class NoticeTemplatesPage(INoticeTemplates templates, IDepartments departments, ITemplateSync sync) : ConsolePage
{
    public const string Path = "/console/notices/templates";

    public override string Title => "通知模板";

    public override string Lead => "模板在微信公众平台申请，这里同步过来；每小时自动同步一次。";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    [BindProperty]
    public long Template { get; set; }

    [BindProperty, StringLength(40)]
    public string? Code { get; set; }

    [BindProperty]
    public List<string> Allowed { get; set; } = [];

    public IReadOnlyList<NoticeTemplate> All { get; private set; } = [];

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    public bool Changes => Me.Is(StaffRole.Administrator);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostSyncAsync(CancellationToken ct)
    {
        if (await sync.SyncAsync(ct) is { } synced)
            return GoTo(Path, $"已同步：新增 {synced.Added} 个，内容有变 {synced.Changed} 个，停用 {synced.Gone} 个");
        await LoadAsync(ct);
        return Refuse("微信没有给出模板，请稍后再试；如果一直这样，请管理员查看运行日志。");
    }

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostCodeAsync(CancellationToken ct)
    {
        if (await templates.RenameAsync(Template, (Code ?? "").Trim(), Me.Name, ct))
            return GoTo(Path, "代码已修改");
        await LoadAsync(ct);
        return Refuse("代码须以字母开头，只含字母、数字、- 和 _，最多 40 个，并且不能与其他模板相同。");
    }

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostAllowAsync(CancellationToken ct)
    {
        if ((await templates.AllAsync(ct)).All(t => t.Id != Template))
            return NotFound();
        await templates.AllowAsync(Template, Allowed, Me.Name, ct);
        return GoTo(Path, Allowed.Count == 0 ? "所有通知制单人员都可以使用" : $"只有 {Allowed.Count} 个部门可以使用");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        All = await templates.AllAsync(ct);
        Departments = [.. (await departments.ListAsync(ct)).Where(d => d.Active)];
    }
}
