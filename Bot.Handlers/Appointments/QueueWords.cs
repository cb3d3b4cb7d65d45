using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>A number in the queue, in words.</summary>
public sealed class QueueWords(AppointmentPlans plans, CalendarLibrary calendar, TimeProvider clock)
{
    private static readonly Text s_ticket = Text.Of("queue.ticket");
    private static readonly Text s_next = Text.Of("queue.next");
    private static readonly Text s_again = Text.Of("queue.again");
    private static readonly Text s_againNext = Text.Of("queue.again-next");
    private static readonly Text s_called = Text.Of("queue.called-already");
    private static readonly Text s_over = Text.Of("queue.over");
    private static readonly Text s_missed = Text.Of("queue.missed");
    private static readonly Text s_anew = Text.Of("queue.anew");

    public Answer Ticket(QueuePlace place, bool again)
    {
        var (visit, hall) = (place.Visit, plans.Current.BranchOf(place.Visit.Group));
        return visit.Status switch
        {
            VisitStatus.Called or VisitStatus.Serving => Answer.Say(s_called.Say(visit.Ticket, visit.Counter)),
            VisitStatus.Served => Answer.Say(s_over.Say(visit.Ticket)),
            VisitStatus.Missed => NumberedList.Page(s_missed.Say(visit.Ticket), [new(s_anew.Say(), $"visit.walk-in {hall.Code}")], 0),
            VisitStatus.Waiting when again => Answer.Say(place.Ahead == 0 ? s_againNext.Say(visit.Ticket) : s_again.Say(visit.Ticket, place.Ahead)),
            VisitStatus.Waiting when place.Ahead == 0 => Answer.Say(s_next.Say(visit.Ticket)),
            VisitStatus.Waiting => Answer.Say(s_ticket.Say(visit.Ticket, place.Ahead, Minutes(place), hall.Name)),
        };
    }

    // What those before take, shared among the counters that are open now, or that open next.
    private int Minutes(QueuePlace place)
    {
        var now = clock.GetUtcNow().ToOffset(Beijing.Offset);
        var (time, group) = (TimeOnly.FromTimeSpan(now.TimeOfDay), plans.Current.Group(place.Visit.Group)!);
        var open = plans.Current.SlotsOn(group, DateOnly.FromDateTime(now.DateTime), calendar.Current).Where(s => s.Capacity > 0 && s.Finish > time)
            .OrderBy(s => s.Start).FirstOrDefault();
        var counters = Math.Max(1, open.Capacity / group.PerCounter);
        var until = open.Start > time ? (open.Start - time).TotalMinutes : 0;
        return Math.Max(1, (int)Math.Ceiling(until + (double)place.Minutes / counters));
    }
}
