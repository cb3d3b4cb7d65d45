using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Notices;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>通知模板: what WeChat lists and what was written down by hand, what the office calls it, who may use it.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.Administrator)]
public sealed class NoticeTemplatesPage(INoticeTemplates templates, IDepartments departments, ITemplateSync sync, ITemplates platform) : ConsolePage
{
    public const string Path = "/console/notices/templates";

    private const string BadCode = "代码须以字母开头，只含字母、数字、- 和 _，最多 40 个，并且不能与其他模板相同。";

    public override string Title => "通知模板";

    public override string Lead => "模板在微信公众平台申请，这里同步过来；每小时自动同步一次。";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    [BindProperty]
    public long Template { get; set; }

    [BindProperty, StringLength(40)]
    public string? Code { get; set; }

    [BindProperty, StringLength(20)]
    public string? Category { get; set; }

    [BindProperty]
    public List<string> Allowed { get; set; } = [];

    /// <summary>The number in WeChat's library.</summary>
    [BindProperty, StringLength(40)]
    public string? Number { get; set; }

    [BindProperty, StringLength(200)]
    public string? Keywords { get; set; }

    [BindProperty, StringLength(128)]
    public string? TemplateId { get; set; }

    [BindProperty, StringLength(200)]
    public string? Heading { get; set; }

    [BindProperty, StringLength(2000)]
    public string? Wording { get; set; }

    /// <summary>By category; those without one last.</summary>
    public IReadOnlyList<IGrouping<string, NoticeTemplate>> ByCategory { get; private set; } = [];

    public ILookup<long, FormerVersion> Former { get; private set; } = Array.Empty<FormerVersion>().ToLookup(v => v.Template);

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    public bool Changes => Me.Is(StaffRole.Administrator);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostSyncAsync(CancellationToken ct) => await sync.SyncAsync(ct) is { } synced
        ? GoTo(Path, $"已同步：新增 {synced.Added} 个，内容有变 {synced.Changed} 个，停用 {synced.Gone} 个")
        : await RefuseAsync("微信没有给出模板，请稍后再试；如果一直这样，请管理员查看运行日志。", ct);

    /// <summary>From WeChat's library.</summary>
    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Number) || !ModelState.IsValid)
            return await RefuseAsync("请填写模板库里的编号。", ct);
        var added = await platform.AddAsync(Number.Trim(), (Keywords ?? "").Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries), ct);
        if (added.Error is { } error)
            return await RefuseAsync($"微信没有添加：{error.ForStaff}（{error.Code}）", ct);
        await sync.SyncAsync(ct);
        return GoTo(Path, "已从模板库添加");
    }

    /// <summary>For an account that may send by a template but not list it.</summary>
    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostDefineAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return await RefuseAsync("有些内容太长了，请缩短后再保存。", ct);
        if (string.IsNullOrWhiteSpace(TemplateId) || string.IsNullOrWhiteSpace(Heading))
            return await RefuseAsync("请填写模板 ID 和标题。", ct);
        var content = (Wording ?? "").ReplaceLineEndings("\n").Trim();
        if (TemplateField.AllOf(content).Count == 0)
            return await RefuseAsync("内容里没有字段。请照微信公众平台上的写，例如“申请事项:{{thing1.DATA}}”，一行一个。", ct);
        return await templates.DefineAsync(new((Code ?? "").Trim(), TemplateId.Trim(), Heading.Trim(), content), Me.Name, ct) switch
        {
            TemplateDefinition.Kept => GoTo(Path, "模板已登记"),
            TemplateDefinition.BadCode => await RefuseAsync(BadCode, ct),
            TemplateDefinition.Synced => await RefuseAsync("这个模板已从微信同步，以微信的内容为准，不用登记。", ct),
        };
    }

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostRetireAsync(CancellationToken ct) => await templates.RetireAsync(Template, Me.Name, ct)
        ? GoTo(Path, "模板已停用，已经写好的通知不受影响")
        : await RefuseAsync("只能停用手工登记的模板；同步来的以微信为准。", ct);

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostCodeAsync(CancellationToken ct) =>
        ModelState.IsValid && await templates.NameAsync(Template, (Code ?? "").Trim(), (Category ?? "").Trim(), Me.Name, ct)
            ? GoTo(Path, "代码和分类已保存")
            : await RefuseAsync(BadCode, ct);

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostAllowAsync(CancellationToken ct)
    {
        if ((await templates.AllAsync(ct)).All(t => t.Id != Template))
            return NotFound();
        await templates.AllowAsync(Template, Allowed, Me.Name, ct);
        return GoTo(Path, Allowed.Count == 0 ? "所有通知制单人员都可以使用" : $"只有 {Allowed.Count} 个部门可以使用");
    }

    private async Task<IActionResult> RefuseAsync(string words, CancellationToken ct)
    {
        await LoadAsync(ct);
        return Refuse(words);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var all = await templates.AllAsync(ct);
        ByCategory = [.. all.OrderByDescending(t => t.Active).GroupBy(t => t.Category).OrderBy(g => g.Key.Length == 0).ThenBy(g => g.Key, StringComparer.Ordinal)];
        Former = (await templates.FormerAsync(ct)).ToLookup(v => v.Template);
        Departments = [.. (await departments.ListAsync(ct)).Where(d => d.Active)];
    }
}

/// <summary>One template on that page.</summary>
public sealed record TemplateCard(NoticeTemplatesPage Page, NoticeTemplate Template);
