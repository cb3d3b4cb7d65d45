using System.ComponentModel.DataAnnotations;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>接口密钥: which other systems may send notices.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class KeysPage(IApiKeys keys, INoticeWebhooks webhooks, IDepartments departments) : ConsolePage
{
    public const string Path = "/console/api-keys";

    private const string NoDepartment = "没有这个部门，或部门已停用";

    public override string Title => "接口密钥";

    public override string Lead => "供其他业务系统通过接口发送通知；密钥只在新建时显示一次";

    public IReadOnlyList<ApiKeyRow> Keys { get; private set; } = [];

    public IReadOnlyList<Webhook> Webhooks { get; private set; } = [];

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    /// <summary>Owners of keys in force, by what they are called here: whose results may be called back.</summary>
    public IReadOnlyDictionary<string, string> Owners => Keys.Where(k => k.RevokedAt is null).DistinctBy(OwnerOf).ToDictionary(OwnerOf, k => $"{k.Name}（{Shown(k.Kind).Name}）");

    [BindProperty, StringLength(128)]
    public string? Owner { get; set; }

    [BindProperty, StringLength(1024)]
    public string? Address { get; set; }

    /// <summary>Shown once.</summary>
    [TempData]
    public string? Secret { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "请填写使用单位或系统的名称")]
    [StringLength(IApiKeys.LongestName)]
    public string Name { get; set; } = "";

    [BindProperty]
    [EnumDataType(typeof(ApiKeyKind), ErrorMessage = "请选择用途")]
    public ApiKeyKind Kind { get; set; } = ApiKeyKind.Test;

    /// <summary>Code; empty for none.</summary>
    [BindProperty, StringLength(32)]
    public string? Department { get; set; }

    /// <summary>Shown once.</summary>
    [TempData]
    public string? Made { get; set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid)
            return Page();
        if (!MayBeGiven)
            return Refuse(NoDepartment, nameof(Department));
        Made = await keys.AddAsync(Name.Trim(), Kind, Me.Name, ct, Given);
        return GoTo(Path, "密钥已新建，请立即复制保存");
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken ct)
    {
        if (!await keys.RevokeAsync(id, Me.Name, ct))
            return GoTo(Path, "这个密钥已经失效");
        return GoTo(Path, "密钥已吊销，立即失效");
    }

    public async Task<IActionResult> OnPostAssignAsync(long id, CancellationToken ct)
    {
        await LoadAsync(ct);
        ModelState.Remove(nameof(Name));
        if (!MayBeGiven)
            return Refuse(NoDepartment);
        if (!await keys.AssignAsync(id, Given, Me.Name, ct))
            return GoTo(Path, "这个密钥已经失效");
        return GoTo(Path, Given is { } code ? $"密钥现在只能用{NameOf(code)}可以使用的模板" : "密钥不再属于哪个部门，只能用不限部门的模板");
    }

    public async Task<IActionResult> OnPostHookAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        // The other form's fields are not this one's.
        ModelState.Remove(nameof(Name));
        if (Owner is null || !Owners.ContainsKey(Owner))
            return Refuse("请选择是谁的通知", nameof(Owner));
        if (WebLink.Read(Address?.Trim() ?? "") is not { } address)
            return Refuse("请填写 http 或 https 网址，最多 1024 个字符", nameof(Address));
        Secret = await webhooks.SetAsync(Owner, address, Me.Name, ct);
        return GoTo(Path, "回调已设置，请立即复制签名密钥");
    }

    public async Task<IActionResult> OnPostUnhookAsync(CancellationToken ct)
    {
        if (Owner is null || !await webhooks.RemoveAsync(Owner, Me.Name, ct))
            return GoTo(Path, "这个回调已经取消");
        return GoTo(Path, "不再回调");
    }

    public string NameOf(string department) => Departments.FirstOrDefault(d => d.Code == department)?.Name ?? department;

    private string? Given => string.IsNullOrEmpty(Department) ? null : Department;

    private bool MayBeGiven => Given is null || Departments.Any(d => d.Active && d.Code == Given);

    private async Task LoadAsync(CancellationToken ct) => (Keys, Webhooks, Departments) = (await keys.ListAsync(ct), await webhooks.ListAsync(ct), await departments.ListAsync(ct));

    private static string OwnerOf(ApiKeyRow key) => new ApiKey(key.Id, key.Name, key.Kind).Owner;

    public static (string Name, string Hint) Shown(ApiKeyKind kind) => kind switch
    {
        ApiKeyKind.Live => ("正式", "可以发给任何关注者"),
        ApiKeyKind.Team => ("内部", "只能发给本单位人员：绑定了自己微信的工作人员"),
        ApiKeyKind.Test => ("测试", "不真正发送，结果是模拟的"),
    };
}
