using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>查找预约: by number, ID number or phone, whole; what was typed is posted, so that it stands in no address.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter)]
public sealed class BookingsPage(IBookingDesk desk, AppointmentPlans plans) : ConsolePage
{
    public const string Path = "/console/bookings";
    private const int Most = 50;

    public override string Title => "查找预约";

    public override string Lead => "输入完整的预约号、身份证号或手机号";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    [BindProperty, StringLength(40)]
    public string? Words { get; set; }

    /// <summary>Null before a search.</summary>
    public IReadOnlyList<Booking>? Found { get; private set; }

    /// <summary>There may be more than are listed.</summary>
    public bool Cut => Found?.Count == Most;

    public IReadOnlyDictionary<string, Visitor> Visitors { get; private set; } = new Dictionary<string, Visitor>();

    public AppointmentPlan Plan => plans.Current;

    [Repeatable]
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();
        if ((Words ?? "").Trim().Length < 4)
            return Refuse("请输入完整的预约号、身份证号或手机号", nameof(Words));
        Found = await desk.SearchAsync(Words!, Me.Seen(Plan), Most, ct);
        Visitors = await desk.VisitorsAsync([.. Found.Select(b => b.Number)], ct);
        return Page();
    }
}
