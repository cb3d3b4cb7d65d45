using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>预约: a hall's month, day by day.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter)]
public sealed class AppointmentsPage(IBookingDesk desk, AppointmentPlans plans, CalendarLibrary calendar, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/appointments";

    public override string Title => "预约";

    public override string Lead => "每天可约多少、已约多少；点日期看当天的时段和名单";

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Branch { get; set; }

    /// <summary>Any day of the month.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Month { get; set; }

    public IReadOnlyList<Branch> Halls { get; private set; } = [];

    public Branch? Hall { get; private set; }

    public DateOnly First { get; private set; }

    public IReadOnlyList<CalendarDay> Days { get; private set; } = [];

    public DateOnly Today => Beijing.DateOf(clock.GetUtcNow());

    /// <summary>Holidays of the month's year are not known.</summary>
    public bool Unknown => First.Year > calendar.Current.LastKnownYear;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var plan = plans.Current;
        Halls = Me.Halls(plan);
        Hall = Me.Hall(plan, Branch);
        var month = Beijing.Meant(Month) ?? Today;
        First = new(month.Year, month.Month, 1);
        if (Hall is null)
            return string.IsNullOrEmpty(Branch) ? Page() : NotFound();
        var (from, to) = (First.AddDays(-(((int)First.DayOfWeek + 6) % 7)), First.AddMonths(1).AddDays(-1));
        to = to.AddDays((7 - (int)to.DayOfWeek) % 7);
        var taken = (await desk.MonthAsync(Hall.Code, from, to, ct)).ToLookup(d => d.Day, d => d.Taken);
        var groups = plan.Groups.Where(g => g.Branch == Hall.Code && g.Active).ToArray();
        Days =
        [
            .. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).Select(day => new CalendarDay(
                day, day.Month == First.Month, taken[day].Sum(), groups.Sum(g => plan.SlotsOn(g, day, calendar.Current).Sum(s => s.Capacity)), calendar.Current.NameOf(day))),
        ];
        return Page();
    }
}

/// <param name="Name">Of the holiday, or of what a working weekend makes up for.</param>
public sealed record CalendarDay(DateOnly Day, bool InMonth, int Taken, int Capacity, string? Name);
