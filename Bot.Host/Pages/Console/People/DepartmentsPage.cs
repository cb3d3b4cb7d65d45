using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>部门: a list and one form, for a new one or for the one that was picked.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class DepartmentsPage(IDepartments departments) : ConsolePage
{
    public const string Path = "/console/departments";

    public override string Title => "部门";

    public override string Lead => "工单派给谁、大厅归谁管，都按部门；停用后不再派新的，历史保留";

    public override IReadOnlyList<Crumb> Trail => [new("用户与权限", PeoplePage.Path)];

    public IReadOnlyList<Department> All { get; private set; } = [];

    /// <summary>Code of the one to change; empty for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    [StringLength(32)]
    public string? Edit { get; set; }

    [BindProperty]
    public DepartmentForm Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        All = await departments.ListAsync(ct);
        if (string.IsNullOrEmpty(Edit))
            return Page();
        if (All.FirstOrDefault(d => d.Code == Edit) is not { } found)
            return NotFound();
        Input = new() { Code = found.Code, Name = found.Name, Parent = found.Parent, Phone = found.Phone, Active = found.Active };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        All = await departments.ListAsync(ct);
        if (!ModelState.IsValid)
            return Page();
        Department department = new(Input.Code, Input.Name.Trim(), string.IsNullOrEmpty(Input.Parent) ? null : Input.Parent, (Input.Phone ?? "").Trim(), Input.Active);
        var saved = string.IsNullOrEmpty(Edit)
            ? await departments.AddAsync(department, Me, ct)
            : await departments.ChangeAsync(department with { Code = Edit }, Me, ct);
        return saved switch
        {
            DepartmentSaved.Saved => GoTo(Path, $"已保存“{department.Name}”"),
            DepartmentSaved.CodeTaken => Refuse("这个代码已有部门使用", "Input.Code"),
            DepartmentSaved.NameTaken => Refuse("已有同名的部门", "Input.Name"),
            DepartmentSaved.WrongParent => Refuse("上级部门不存在，或者是它自己的下级", "Input.Parent"),
            DepartmentSaved.Unknown => NotFound(),
        };
    }
}

public sealed class DepartmentForm
{
    [Required(ErrorMessage = "请填写代码")]
    [RegularExpression("^[a-z][a-z0-9-]{0,31}$", ErrorMessage = "小写字母、数字或 -，以字母开头，最多 32 位")]
    public string Code { get; set; } = "";

    [Required(ErrorMessage = "请填写名称")]
    [StringLength(Department.LongestName)]
    public string Name { get; set; } = "";

    [StringLength(32)]
    public string? Parent { get; set; }

    [StringLength(Department.LongestPhone)]
    [RegularExpression(@"^[0-9０-９+\-（）()、 转]*$", ErrorMessage = "请填写电话号码")]
    public string? Phone { get; set; }

    public bool Active { get; set; } = true;
}
