using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.ApiKeys;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>接口密钥: which other systems may send notices.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class KeysPage(IApiKeys keys, IAuditLog log) : ConsolePage
{
    public const string Path = "/console/api-keys";

    public override string Title => "接口密钥";

    public override string Lead => "供其他业务系统通过接口发送通知；密钥只在新建时显示一次";

    public IReadOnlyList<ApiKeyRow> Keys { get; private set; } = [];

    [BindProperty]
    [Required(ErrorMessage = "请填写使用单位或系统的名称")]
    [StringLength(IApiKeys.LongestName)]
    public string Name { get; set; } = "";

    [BindProperty]
    [EnumDataType(typeof(ApiKeyKind), ErrorMessage = "请选择用途")]
    public ApiKeyKind Kind { get; set; } = ApiKeyKind.Test;

    /// <summary>Shown once.</summary>
    [TempData]
    public string? Made { get; set; }

    public async Task OnGetAsync(CancellationToken ct) => Keys = await keys.ListAsync(ct);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        Keys = await keys.ListAsync(ct);
        if (!ModelState.IsValid)
            return Page();
        var name = Name.Trim();
        Made = await keys.AddAsync(name, Kind, ct);
        await log.WriteAsync(new(Me.Name, "api_key.add", "api_key", $"{Kind.ToString().ToLowerInvariant()}:{name}"), ct);
        return GoTo(Path, "密钥已新建，请立即复制保存");
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken ct)
    {
        if (!await keys.RevokeAsync(id, ct))
            return GoTo(Path, "这个密钥已经失效");
        await log.WriteAsync(new(Me.Name, "api_key.revoke", "api_key", id.ToString(CultureInfo.InvariantCulture)), ct);
        return GoTo(Path, "密钥已吊销，立即失效");
    }

    public static (string Name, string Hint) Shown(ApiKeyKind kind) => kind switch
    {
        ApiKeyKind.Live => ("正式", "可以发给任何关注者"),
        ApiKeyKind.Team => ("内部", "只能发给本单位的人员"),
        ApiKeyKind.Test => ("测试", "不真正发送，结果是模拟的"),
    };
}
