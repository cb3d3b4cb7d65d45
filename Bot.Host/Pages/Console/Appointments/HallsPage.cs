using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>大厅与规则: halls with their counters, the rules of booking, and the way to services and holidays.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class HallsPage(IAppointmentSetup setup, IDepartments departments, AppointmentPlans plans, CalendarLibrary calendar, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/halls";

    public override string Title => "大厅与规则";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    public AppointmentPlan Plan => plans.Current;

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    /// <summary>Code of the hall to change; empty for a new one.</summary>
    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Edit { get; set; }

    [BindProperty]
    public HallForm Input { get; set; } = new();

    [BindProperty]
    public RulesForm Rules { get; set; } = new();

    /// <summary>The calendar ends before the days that can be booked.</summary>
    public bool HolidaysEnd => Beijing.DateOf(clock.GetUtcNow()).AddDays(Plan.Rules.DaysAhead).Year > calendar.Current.LastKnownYear;

    public int LastKnownYear => calendar.Current.LastKnownYear;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Rules = RulesForm.Of(Plan.Rules);
        if (string.IsNullOrEmpty(Edit))
            return Page();
        if (Plan.Branch(Edit) is not { } hall)
            return NotFound();
        Input = HallForm.Of(hall);
        return Page();
    }

    public async Task<IActionResult> OnPostHallAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        KeepOnly("Input");
        // A poster's code names one thing.
        if (string.IsNullOrEmpty(Edit) && (Plan.Branch(Input.Code) is not null || Plan.Service(Input.Code) is not null))
            ModelState.AddModelError("Input.Code", "这个代码已有大厅或事项使用");
        if ((Input.Latitude is null) != (Input.Longitude is null))
            ModelState.AddModelError("Input.Longitude", "经纬度要么都填，要么都不填");
        if (!ModelState.IsValid)
            return Page();
        return await setup.SaveBranchAsync(Input.Read(string.IsNullOrEmpty(Edit) ? Input.Code : Edit), Me, ct) switch
        {
            SetupSaved.Saved => GoTo(Path, $"已保存“{Input.Name.Trim()}”"),
            SetupSaved.Taken => Refuse("已有同名的大厅", "Input.Name"),
            SetupSaved.Wrong or SetupSaved.Stale or SetupSaved.Given => Refuse("部门不存在，或者有内容不符合要求。"),
        };
    }

    public async Task<IActionResult> OnPostRulesAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        KeepOnly("Rules");
        if (!ModelState.IsValid)
            return Page();
        if (Rules.OffersFrom >= Rules.OffersUntil)
            return Refuse("候补通知的开始时间要早于结束时间。");
        return await setup.SaveRulesAsync(Rules.Read(), Me, ct) is SetupSaved.Saved ? GoTo(Path, "规则已保存，立即生效") : Refuse("有数值超出允许的范围。");
    }

    private async Task LoadAsync(CancellationToken ct) => Departments = await departments.ListAsync(ct);

    // Two forms share the page: what the other one would say does not matter. Nothing of it was sent, so it was looked for under bare names.
    private void KeepOnly(string form)
    {
        foreach (var key in ModelState.Keys.Where(k => !k.StartsWith(form, StringComparison.Ordinal)).ToArray())
            ModelState.Remove(key);
    }
}

public sealed class HallForm
{
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,31}$", ErrorMessage = "小写字母、数字或 -，最多 32 位")]
    public string Code { get; set; } = "";

    [Required, StringLength(60)]
    public string Name { get; set; } = "";

    [Required, StringLength(32)]
    public string Department { get; set; } = "";

    [Required, StringLength(120)]
    public string Address { get; set; } = "";

    [StringLength(200)]
    public string Transport { get; set; } = "";

    [StringLength(40)]
    public string Phone { get; set; } = "";

    [Range(-90.0, 90.0)]
    public double? Latitude { get; set; }

    [Range(-180.0, 180.0)]
    public double? Longitude { get; set; }

    public bool Active { get; set; } = true;

    public static HallForm Of(Branch b) => new()
    {
        Code = b.Code, Name = b.Name, Department = b.Department, Address = b.Address, Transport = b.Transport, Phone = b.Phone, Latitude = b.Latitude,
        Longitude = b.Longitude, Active = b.Active,
    };

    public Branch Read(string code) => new(code, Department, Name.Trim(), Address.Trim(), Transport.Trim(), Phone.Trim(), Latitude, Longitude, Active);
}

public sealed class RulesForm
{
    [Range(1, 9)] public int PerDay { get; set; }
    [Range(1, 60)] public int PerWeek { get; set; }
    public bool OnePerService { get; set; }
    [Range(1, 100)] public int PerAccount { get; set; }
    [Range(1, 50)] public int WaitsPerAccount { get; set; }
    [Range(1, 180)] public int DaysAhead { get; set; }
    [Range(0, 10080)] public int BookMinutes { get; set; }
    [Range(0, 10080)] public int ChangeMinutes { get; set; }
    [Range(1, 60)] public int HoldMinutes { get; set; }
    [Range(1, 1440)] public int OfferMinutes { get; set; }
    public TimeOnly OffersFrom { get; set; }
    public TimeOnly OffersUntil { get; set; }
    [Range(1, 100)] public int PeoplePerDay { get; set; }
    [Range(0, 720)] public int EarlyMinutes { get; set; }
    [Range(0, 720)] public int LateMinutes { get; set; }
    [Range(0, 20)] public int NoShows { get; set; }
    [Range(1, 730)] public int BanDays { get; set; }

    public static RulesForm Of(BookingRules r) => new()
    {
        PerDay = r.PerDay, PerWeek = r.PerWeek, OnePerService = r.OnePerService, DaysAhead = r.DaysAhead, BookMinutes = r.BookMinutes, ChangeMinutes = r.ChangeMinutes,
        HoldMinutes = r.HoldMinutes, OfferMinutes = r.OfferMinutes, EarlyMinutes = r.EarlyMinutes, LateMinutes = r.LateMinutes, NoShows = r.NoShows, BanDays = r.BanDays,
        PerAccount = r.PerAccount, WaitsPerAccount = r.WaitsPerAccount, OffersFrom = r.OffersFrom, OffersUntil = r.OffersUntil, PeoplePerDay = r.PeoplePerDay,
    };

    public BookingRules Read() => new()
    {
        PerDay = PerDay, PerWeek = PerWeek, OnePerService = OnePerService, DaysAhead = DaysAhead, BookMinutes = BookMinutes, ChangeMinutes = ChangeMinutes,
        HoldMinutes = HoldMinutes, OfferMinutes = OfferMinutes, EarlyMinutes = EarlyMinutes, LateMinutes = LateMinutes, NoShows = NoShows, BanDays = BanDays,
        PerAccount = PerAccount, WaitsPerAccount = WaitsPerAccount, OffersFrom = OffersFrom, OffersUntil = OffersUntil, PeoplePerDay = PeoplePerDay,
    };
}
