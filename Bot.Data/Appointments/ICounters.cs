using Bot.Data.Messages;
using Bot.Data.Staff;

namespace Bot.Data.Appointments;

/// <summary>The work of a counter: it calls who is next, and leads the visit to its end.</summary>
public interface ICounters
{
    static readonly TimeSpan TakenBackWithin = TimeSpan.FromMinutes(10);

    /// <summary>Calls who is next to a counter. Null when nobody waits, or the counter has somebody.</summary>
    Task<Visit?> CallNextAsync(int group, string counter, StaffMember actor, Func<Visit, NewCitizenMessage> words, CancellationToken ct);

    /// <summary>One step of a visit that was called. Null when it is not in a state for it.</summary>
    /// <param name="words">For a recall, and for the rating that is asked for at the end; numbers answer the latter.</param>
    Task<Visit?> StepAsync(long visit, VisitStep step, StaffMember actor, Func<Visit, NewCitizenMessage?> words, CancellationToken ct);
}

public enum VisitStep
{
    Recall,
    Start,
    Finish,
    Miss,

    /// <summary>撤销办结, within <see cref="ICounters.TakenBackWithin"/> and before the citizen rated it: back to the counter where it was, if nobody else is there by now.</summary>
    Resume,

    /// <summary>Back into the queue, before those who wait: they came to the desk after all.</summary>
    Requeue,
}
