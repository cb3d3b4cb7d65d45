using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>窗口组: hours, counters, services. A change moves the slots along; who loses the place is offered others.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class CounterGroupPage(IAppointmentSetup setup, AppointmentPlans plans) : ConsolePage
{
    public override string Title => Group is null ? "添加窗口组" : Group.Name;

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path), new("大厅与规则", HallsPage.Path)];

    public AppointmentPlan Plan => plans.Current;

    public Branch Hall { get; private set; } = null!;

    /// <summary>Null for a new one.</summary>
    public CounterGroup? Group { get; private set; }

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string Branch { get; set; } = "";

    [BindProperty]
    public CounterGroupForm Input { get; set; } = new();

    public static string PathOf(int id, string branch) => string.Create(CultureInfo.InvariantCulture, $"{HallsPage.Path}/counters/{id}?branch={branch}");

    public IActionResult OnGet(int id)
    {
        if (!Load(id))
            return NotFound();
        if (Group is { } g)
        {
            Input = new()
            {
                Version = g.Version, Name = g.Name, Letter = g.Letter, SlotMinutes = g.SlotMinutes, PerCounter = g.PerCounter, Reserved = g.Reserved, Active = g.Active, Hours = OpeningLines.Write(g.Openings),
                Counters = string.Join(' ', g.Counters), Services = [.. g.Services],
            };
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!Load(id))
            return NotFound();
        var (openings, fault) = OpeningLines.Read(Input.Hours);
        if (openings is null)
            ModelState.AddModelError("Input.Hours", $"这一行不对，或者与其他行重叠：{fault}");
        var counters = Input.Counters.ToUpperInvariant().Split([' ', '、', '，', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        if (counters.Length is 0 or > 99 || !counters.All(c => Regex.IsMatch(c, "^[A-Z0-9]{1,6}$")))
            ModelState.AddModelError("Input.Counters", "请填写窗口号，用空格隔开，如 1 2 3");
        // More than there are would be sold and not served.
        if (openings?.FirstOrDefault(o => o.Counters > counters.Length) is { } crowded && counters.Length > 0)
            ModelState.AddModelError("Input.Hours", $"{OpeningLines.Write([crowded])}：只有{counters.Length}个窗口号");
        if (!ModelState.IsValid)
            return Page();
        var group = new CounterGroup(id, Branch, Input.Name.Trim(), Input.Letter, Input.SlotMinutes, Input.PerCounter, Input.Version, Input.Active)
        {
            Reserved = Input.Reserved, Openings = openings!, Counters = counters, Services = [.. Input.Services.Where(s => Plan.Service(s) is not null).Distinct()],
        };
        return await setup.SaveGroupAsync(group, Me, ct) switch
        {
            SetupSaved.Saved => GoTo(HallsPage.Path, $"已保存“{group.Name}”"),
            SetupSaved.Taken => Refuse("这个大厅已有同名或同字母的窗口组", "Input.Letter"),
            SetupSaved.Wrong => Refuse("有内容不符合要求，请检查。"),
            SetupSaved.Stale => Refuse("这个窗口组刚被他人修改，请刷新后重试。"),
            SetupSaved.Given => Refuse("勾选的事项里，有的已由这个大厅的另一个窗口组办理。同一大厅一个事项只能归一个窗口组。", "Input.Services"),
        };
    }

    private bool Load(int id)
    {
        if (Plan.Branch(Branch) is not { } hall)
            return false;
        (Hall, Group) = (hall, id == 0 ? null : Plan.Group(id));
        return id == 0 || Group?.Branch == Branch;
    }
}

public sealed class CounterGroupForm
{
    public int Version { get; set; }

    [Required, StringLength(40)]
    public string Name { get; set; } = "";

    [Required, RegularExpression("^[A-Z]$", ErrorMessage = "一个大写字母，排号用")]
    public string Letter { get; set; } = "A";

    [Range(5, 240)]
    public int SlotMinutes { get; set; } = 30;

    [Range(1, 50)]
    public int PerCounter { get; set; } = 1;

    [Range(0, 50)]
    public int Reserved { get; set; }

    public bool Active { get; set; } = true;

    [StringLength(2000)]
    public string Hours { get; set; } = "周一至周五 09:00-12:00 2\n周一至周五 13:30-17:00 2";

    [StringLength(400)]
    public string Counters { get; set; } = "1 2";

    public List<string> Services { get; set; } = [];
}
