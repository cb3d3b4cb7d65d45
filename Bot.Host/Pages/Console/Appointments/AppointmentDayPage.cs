using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One day of a hall: its slots, and the roster to print.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter)]
public sealed class AppointmentDayPage(IBookingDesk desk, AppointmentPlans plans, CalendarLibrary calendar) : ConsolePage
{
    private const int Most = 2000;

    public override string Title => Hall is null ? "当天预约" : $"{Day:M月d日} {Hall.Name}";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Branch { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly Day { get; set; }

    public Branch? Hall { get; private set; }

    public IReadOnlyList<(CounterGroup Group, IReadOnlyList<SlotLoad> Slots)> Groups { get; private set; } = [];

    public IReadOnlyList<Booking> Roster { get; private set; } = [];

    /// <summary>More are booked than are listed.</summary>
    public bool Cut { get; private set; }

    public static string MostShown => Most.ToString("N0", CultureInfo.InvariantCulture);

    public IReadOnlyDictionary<string, Visitor> Visitors { get; private set; } = new Dictionary<string, Visitor>();

    public AppointmentPlan Plan => plans.Current;

    public static string PathOf(string branch, DateOnly day) =>
        $"{AppointmentsPage.Path}/day?branch={Uri.EscapeDataString(branch)}&day={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Hall = Me.Hall(Plan, Branch);
        if (Hall is null || Day.Year is < 2000 or > 2100)
            return NotFound();
        var loads = (await desk.DayAsync(Hall.Code, Day, ct)).ToDictionary(l => (l.Group, l.Start));
        Groups =
        [
            .. Plan.Groups.Where(g => g.Branch == Hall.Code).Select(g => (g, (IReadOnlyList<SlotLoad>)[.. Plan.SlotsOn(g, Day, calendar.Current)
                .Select(s => loads.GetValueOrDefault((g.Id, s.Start)) ?? new(g.Id, s.Start, s.Finish, 0, s.Capacity, Math.Min(g.Reserved, s.Capacity)))])).Where(g => g.Item2.Count > 0),
        ];
        var found = await desk.RosterAsync(Hall.Code, Day, Most + 1, ct);
        (Roster, Cut) = ([.. found.Take(Most)], found.Count > Most);
        Visitors = await desk.VisitorsAsync([.. Roster.Select(b => b.Number)], ct);
        return Page();
    }
}
