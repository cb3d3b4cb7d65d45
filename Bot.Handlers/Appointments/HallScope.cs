using Bot.Data.Appointments;
using Bot.Data.Staff;

namespace Bot.Handlers.Appointments;

/// <summary>Whose halls somebody looks after.</summary>
public static class HallScope
{
    /// <summary>Whether somebody may know who is booked there; a hall that is closed for good has citizens to look after, too.</summary>
    public static bool MaySee(StaffMember person, Branch hall) => person.Is(StaffRole.Administrator, StaffRole.Agent) || person.IsOf(hall.Department);
}
