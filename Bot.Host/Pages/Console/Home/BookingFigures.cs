using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers;

namespace Bot.Host.Pages.Console.Home;

/// <summary>预约: who comes today, and who waits for an answer of ours.</summary>
internal sealed class BookingFigures(IBookingDesk desk, IAppointmentSetup setup, IBookingCare care, AppointmentPlans plans, TimeProvider clock) : IDashboardSource
{
    public bool IsFor(StaffMember person) => person.Is(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var (plan, today) = (plans.Current, Beijing.DateOf(clock.GetUtcNow()));
        DateOnly[] past = [.. Enumerable.Range(1 - days, days).Select(today.AddDays)];
        List<DashboardRow> halls = [];
        Dictionary<DateOnly, long> taken = past.ToDictionary(d => d, _ => 0L);
        foreach (var hall in person.Halls(plan))
        {
            var loads = await desk.MonthAsync(hall.Code, past[0], today, ct);
            halls.Add(new(hall.Name, AppointmentDayPage.PathOf(hall.Code, today), $"{loads.Where(d => d.Day == today).Sum(d => d.Taken)}人"));
            foreach (var load in loads)
                taken[load.Day] += load.Taken;
        }

        List<DashboardFigure> figures = [new("今日预约", taken[today], AppointmentsPage.Path)];
        // What concerns every hall is for those who look after all of them.
        if (person.Is(StaffRole.Administrator, StaffRole.Agent))
        {
            var displaced = (await setup.UnsolvedAsync(person.Seen(plan), ct)).Count;
            var appeals = (await care.BansAsync(ct)).Count(b => b is { Appeal: not null, Answer: null });
            figures.Add(new("停办待改约", displaced, ClosuresPage.Path, displaced > 0 ? Tone.Warn : Tone.Plain, displaced >= IAppointmentSetup.MostUnsolved ? "实际更多" : null));
            figures.Add(new("爽约申诉待答复", appeals, FollowUpPage.Path, appeals > 0 ? Tone.Warn : Tone.Plain));
        }

        return new()
        {
            Figures = figures,
            Lists = [new("今日预约", AppointmentsPage.Path, halls, "还没有开放预约的大厅。")],
            Charts = halls.Count == 0 ? [] : [new("每日预约", "bar", [.. past.Select(d => d.ToString("M-d", CultureInfo.InvariantCulture))], [new("预约人数", [.. past.Select(d => taken[d])])])],
        };
    }
}
