using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers.Appointments;

namespace Bot.Host.Pages.Console;

/// <summary>What the pages about appointments share.</summary>
internal static class AppointmentPages
{
    extension(StaffMember person)
    {
        /// <summary>The halls that somebody may look after: counters and officers those of their department, all others every one.</summary>
        public IReadOnlyList<Branch> Halls(AppointmentPlan plan) =>
            [.. plan.Branches.Where(b => b.Active && person.MaySee(b))];

        public bool MaySee(Branch hall) => HallScope.MaySee(person, hall);

        /// <summary>Codes of the halls whose bookings somebody may see, closed ones too.</summary>
        public IReadOnlyList<string> Seen(AppointmentPlan plan) => [.. plan.Branches.Where(person.MaySee).Select(b => b.Code)];

        /// <summary>The hall of that code, or the first one when none is named; null when it is not theirs.</summary>
        public Branch? Hall(AppointmentPlan plan, string? code) => person.Halls(plan).FirstOrDefault(h => string.IsNullOrEmpty(code) || h.Code == code);
    }

    public static string Shown(BookingStatus status) => status switch
    {
        BookingStatus.Booked => "已预约",
        BookingStatus.Arrived => "已签到",
        BookingStatus.Served => "已办理",
        BookingStatus.Missed => "爽约",
        BookingStatus.Cancelled => "已取消",
        BookingStatus.Displaced => "待改约",
    };

    /// <summary>What is to be seen at the counter; nothing for those whose age it is.</summary>
    public static string Why(PriorityClaim claim) => claim switch
    {
        PriorityClaim.None => "",
        PriorityClaim.Disabled => "，请核对残疾证",
        PriorityClaim.Soldier => "，请核对军人或退役军人证件",
    };

    public static string Tone(BookingStatus status) => status switch
    {
        BookingStatus.Booked => "info",
        BookingStatus.Arrived or BookingStatus.Served => "good",
        BookingStatus.Missed or BookingStatus.Displaced => "bad",
        BookingStatus.Cancelled => "",
    };

    public static string Shown(VisitStatus status) => status switch
    {
        VisitStatus.Waiting => "等候",
        VisitStatus.Called => "已叫号",
        VisitStatus.Serving => "办理中",
        VisitStatus.Served => "已办结",
        VisitStatus.Missed => "过号",
    };

    public static string Tone(VisitStatus status) => status switch
    {
        VisitStatus.Waiting => "",
        VisitStatus.Called => "warn",
        VisitStatus.Serving => "info",
        VisitStatus.Served => "good",
        VisitStatus.Missed => "bad",
    };
}
