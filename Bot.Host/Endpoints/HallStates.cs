using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Host.Delivery;

namespace Bot.Host.Endpoints;

/// <summary>What the halls' screens show, read once for everybody who looks at a hall, and how many look.</summary>
internal sealed class HallStates(AppointmentPlans plans, CalendarLibrary calendar, IVisits visits, HallWatch watch, TimeProvider clock)
{
    private const int MostStreams = 500;

    // Every change of a queue is heard of; this notices that counters close or open, and that the day is another.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, HallReading> _readings = [];
    private readonly Lock _gate = new();
    private int _streams;

    /// <param name="branch">One of the plan's.</param>
    public HallReading Read(string branch)
    {
        lock (_gate)
        {
            if (_readings.TryGetValue(branch, out var held) && !held.Next.IsCompleted && !held.State.IsFaulted && clock.GetElapsedTime(held.At) < s_fresh)
                return held;
            // The next change first: one that comes while we read makes another reading.
            return _readings[branch] = new(watch.Next, StateAsync(branch), clock.GetTimestamp());
        }
    }

    /// <summary>False when this host has as many streams as it keeps open. Each that entered leaves.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _streams) <= MostStreams)
            return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _streams);

    // For all who wait for it, so nobody's going away ends it; the database has a deadline of its own.
    private async Task<HallState> StateAsync(string branch) =>
        HallState.Of(plans.Current, calendar.Current, clock.GetUtcNow(), await visits.TodayAsync(branch, CancellationToken.None));
}

/// <param name="Next">Ends with the next change.</param>
internal sealed record HallReading(Task Next, Task<HallState> State, long At);
