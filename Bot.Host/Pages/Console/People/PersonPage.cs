using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Staff;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One person: name, roles, department; password, second factor and sessions.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class PersonPage(IStaff staff, IStaffSessions sessions, IDepartments departments, IPasswordHasher<StaffMember> hasher, ConsoleOptions options) : ConsolePage
{
    public const string NewPath = "/console/people/0";
    private const int GivenLength = 14;
    private const string GivenLetters = "23456789abcdefghjkmnpqrstuvwxyz";

    private static readonly Dictionary<StaffRole, string> s_duties = new()
    {
        [StaffRole.Administrator] = "人员、部门、密钥和系统",
        [StaffRole.Agent] = "受理工单、派单、接待会话",
        [StaffRole.Officer] = "办理派到本部门的工单",
        [StaffRole.NoticeMaker] = "拟写通知、上传名单",
        [StaffRole.NoticeApprover] = "审核他人拟写的通知",
        [StaffRole.Editor] = "政策、关键词回复、菜单",
        [StaffRole.Counter] = "本部门大厅的签到、叫号",
        [StaffRole.Auditor] = "查看审计日志，不能改动",
    };

    public override string Title => Record is { } known ? known.Member.DisplayName : "添加人员";

    public override IReadOnlyList<Crumb> Trail => [new("用户与权限", PeoplePage.Path)];

    [BindProperty]
    public PersonForm Input { get; set; } = new();

    /// <summary>Null: somebody new.</summary>
    public StaffRecord? Record { get; private set; }

    public IReadOnlyList<OpenSession> Sessions { get; private set; } = [];

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    /// <summary>A password to hand on, shown once.</summary>
    [TempData]
    public string? Given { get; set; }

    public static string PathOf(long id) => $"{PeoplePage.Path}/{id.ToString(CultureInfo.InvariantCulture)}";

    public static string Duty(StaffRole role) => s_duties[role];

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Record is { } known)
        {
            Input = new()
            {
                Name = known.Member.Name, DisplayName = known.Member.DisplayName, Roles = [.. known.Member.Roles], Department = known.Member.Department,
                Active = known.Active, Version = known.Version,
            };
        }

        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var roles = Input.Roles.Where(Enum.IsDefined).Distinct().ToArray();
        var department = string.IsNullOrEmpty(Input.Department) ? null : Input.Department;
        if (roles.Length == 0)
            ModelState.AddModelError("Input.Roles", "至少选一个角色");
        if (department is null && roles.Any(r => r is StaffRole.Officer or StaffRole.Counter))
            ModelState.AddModelError("Input.Department", "部门办理员和窗口必须属于一个部门");
        if (Record is not null)
            ModelState.Remove("Input.Name");
        if (!ModelState.IsValid)
            return Page();
        return Record is { } known ? await ChangeAsync(known, roles, department, ct) : await AddAsync(roles, department, ct);
    }

    public async Task<IActionResult> OnPostPasswordAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Record!.Demo)
            return GoTo(PathOf(id), "演示账号的密码固定不变");
        Given = RandomNumberGenerator.GetString(GivenLetters, GivenLength);
        await staff.SetPasswordAsync(id, hasher.HashPassword(Record.Member, Given), temporary: true, keep: null, Me.Name, ct);
        return GoTo(PathOf(id), "密码已重置");
    }

    public async Task<IActionResult> OnPostFactorAsync(long id, CancellationToken ct) =>
        await staff.ResetSecondFactorAsync(id, Me.Name, ct) ? GoTo(PathOf(id), "已解除验证器，下次登录时重新绑定") : NotFound();

    public async Task<IActionResult> OnPostSessionsAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var ended = await sessions.EndAllAsync(id, id == Me.Id ? MySession : null, Me.Name, ct);
        return GoTo(PathOf(id), ended == 0 ? "没有其他登录" : $"已退出 {ended} 处登录");
    }

    private async Task<IActionResult> AddAsync(StaffRole[] roles, string? department, CancellationToken ct)
    {
        var given = RandomNumberGenerator.GetString(GivenLetters, GivenLength);
        NewStaff person = new(Input.Name.Trim(), Input.DisplayName.Trim(), roles, department);
        var saved = await staff.AddAsync(person, hasher.HashPassword(Me, given), Me.Name, ct);
        if (saved is not StaffSaved.Saved)
            return Refused(saved);
        Given = given;
        var added = await staff.ListAsync(new(person.Name, null, null, null, 1, 50), ct);
        return GoTo(added.People.FirstOrDefault(p => p.Member.Name == person.Name) is { } found ? PathOf(found.Member.Id) : PeoplePage.Path, "已添加");
    }

    private async Task<IActionResult> ChangeAsync(StaffRecord known, StaffRole[] roles, string? department, CancellationToken ct)
    {
        var saved = await staff.ChangeAsync(new(known.Member.Id, Input.DisplayName.Trim(), roles, department, Input.Active), Input.Version, Me.Name, ct);
        return saved is StaffSaved.Saved ? GoTo(PathOf(known.Member.Id), "已保存，立即生效") : Refused(saved);
    }

    private IActionResult Refused(StaffSaved saved) => saved switch
    {
        StaffSaved.NameTaken => Refuse("这个账号已有人使用", "Input.Name"),
        StaffSaved.UnknownDepartment => Refuse("没有这个部门", "Input.Department"),
        StaffSaved.LastAdministrator => Refuse("至少要保留一名在用的管理员。", "Input.Roles"),
        StaffSaved.ChangedMeanwhile => Refuse("这份资料刚被他人修改，请刷新页面后重新修改。"),
        _ => NotFound(),
    };

    private async Task<bool> LoadAsync(long? id, CancellationToken ct)
    {
        Departments = await departments.ListAsync(ct);
        if (id is not ({ } known and not 0))              // 0: somebody new
            return true;
        Record = await staff.FindAsync(known, ct);
        Sessions = await sessions.ListAsync(known, TimeSpan.FromMinutes(options.IdleMinutes), ct);
        return Record is not null;
    }
}

public sealed class PersonForm
{
    [Required(ErrorMessage = "请填写账号")]
    [RegularExpression(NewStaff.NamePattern, ErrorMessage = "2 至 32 位小写字母、数字或 . _ -，以字母开头")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "请填写姓名")]
    [StringLength(NewStaff.LongestDisplayName)]
    public string DisplayName { get; set; } = "";

    [MaxLength(20)]
    public List<StaffRole> Roles { get; set; } = [];

    [StringLength(32)]
    public string? Department { get; set; }

    public bool Active { get; set; } = true;

    public int Version { get; set; }
}
