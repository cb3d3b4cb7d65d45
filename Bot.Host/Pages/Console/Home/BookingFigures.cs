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
        List<DashboardRow> halls = [];
        long all = 0;
        foreach (var hall in person.Halls(plan))
        {
            var taken = (await desk.MonthAsync(hall.Code, today, today, ct)).Sum(d => d.Taken);
            halls.Add(new(hall.Name, AppointmentDayPage.PathOf(hall.Code, today), $"{taken}人"));
            all += taken;
        }

        List<DashboardFigure> figures = [new("今日预约", all, AppointmentsPage.Path)];
        // What concerns every hall is for those who look after all of them.
        if (person.Is(StaffRole.Administrator, StaffRole.Agent))
        {
            var displaced = (await setup.UnsolvedAsync(person.Seen(plan), ct)).Count;
            var appeals = (await care.BansAsync(ct)).Count(b => b is { Appeal: not null, Answer: null });
            figures.Add(new("停办待改约", displaced, ClosuresPage.Path, displaced > 0 ? Tone.Warn : Tone.Plain));
            figures.Add(new("爽约申诉待答复", appeals, FollowUpPage.Path, appeals > 0 ? Tone.Warn : Tone.Plain));
        }

        return new() { Figures = figures, Lists = [new("今日预约", AppointmentsPage.Path, halls, "还没有开放预约的大厅。")] };
    }
}
