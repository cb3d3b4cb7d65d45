using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers.Policies;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>事项: what can be booked, how citizens call it, and which guide tells what to bring.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class ServiceItemsPage(IAppointmentSetup setup, IDepartments departments, AppointmentPlans plans, PolicyLibrary library) : ConsolePage
{
    public const string Path = "/console/halls/services";

    public override string Title => "预约事项";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path), new("大厅与规则", HallsPage.Path)];

    public AppointmentPlan Plan => plans.Current;

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Edit { get; set; }

    [BindProperty]
    public ServiceForm Input { get; set; } = new();

    public string GuideOf(ServiceItem service) => service.Guide.Length == 0 ? "—" : library.Shelf.ById.GetValueOrDefault(service.Guide)?.Title ?? "（指南已下架）";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Departments = await departments.ListAsync(ct);
        if (string.IsNullOrEmpty(Edit))
            return Page();
        if (Plan.Service(Edit) is not { } s)
            return NotFound();
        Input = new()
        {
            Code = s.Code, Name = s.Name, Department = s.Department, Aliases = string.Join('、', s.Aliases), Guide = s.Guide, Minutes = s.Minutes, Position = s.Position, Active = s.Active,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Departments = await departments.ListAsync(ct);
        var code = string.IsNullOrEmpty(Edit) ? Input.Code : Edit;
        if (string.IsNullOrEmpty(Edit) && (Plan.Service(code) is not null || Plan.Branch(code) is not null))
            ModelState.AddModelError("Input.Code", "这个代码已有事项或大厅使用");
        if (Input.Guide.Length > 0 && !library.Shelf.ById.ContainsKey(Input.Guide))
            ModelState.AddModelError("Input.Guide", "没有这个编号的办事指南");
        if (!ModelState.IsValid)
            return Page();
        var aliases = Input.Aliases.Split(['、', '，', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(40).ToArray();
        return await setup.SaveServiceAsync(new(code, Input.Department, Input.Name.Trim(), aliases, Input.Guide, Input.Minutes, Input.Position, Input.Active), Me, ct) switch
        {
            SetupSaved.Saved => GoTo(Path, $"已保存“{Input.Name.Trim()}”"),
            SetupSaved.Taken => Refuse("已有同名的事项", "Input.Name"),
            SetupSaved.Wrong or SetupSaved.Stale or SetupSaved.Given => Refuse("部门不存在，或者有内容不符合要求。"),
        };
    }
}

public sealed class ServiceForm
{
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,31}$", ErrorMessage = "小写字母、数字或 -，最多 32 位")]
    public string Code { get; set; } = "";

    [Required, StringLength(40)]
    public string Name { get; set; } = "";

    [Required, StringLength(32)]
    public string Department { get; set; } = "";

    [StringLength(400)]
    public string Aliases { get; set; } = "";

    [StringLength(32)]
    public string Guide { get; set; } = "";

    [Range(1, 240)]
    public int Minutes { get; set; } = 15;

    [Range(0, 9999)]
    public int Position { get; set; }

    public bool Active { get; set; } = true;
}
