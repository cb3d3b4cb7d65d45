using System.Runtime.CompilerServices;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Host.Pages.Public;

namespace Bot.Host.Endpoints;

/// <summary>What a hall's screen shows, sent anew whenever a queue changes.</summary>
internal static class HallEvents
{
    // An open screen must not hold up a stopping host. Proxies close what is silent; a changed date is noticed, too.
    private static readonly TimeSpan s_atLeast = TimeSpan.FromSeconds(20);

    // The browser comes again by itself, perhaps to a host with more room.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    extension(IEndpointRouteBuilder app)
    {
        public void MapHallEvents() => app.MapGet("/halls/{branch}/events",
            (string branch, HttpContext context, AppointmentPlans plans, HallStates states, TimeProvider clock, IHostApplicationLifetime life, CancellationToken ct) =>
            {
                if (plans.Current.Branch(branch) is null)
                    return Results.NotFound();
                context.Response.Headers["X-Accel-Buffering"] = "no";                   // nginx passes each event on at once
                return TypedResults.ServerSentEvents(StatesAsync(branch, states, clock, life.ApplicationStopping, ct), "queue");
            }).RequireRateLimiting(PublicPages.StreamLimit);
    }

    private static async IAsyncEnumerable<HallState> StatesAsync(
        string branch, HallStates states, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        // Without room it ends at once, and the browser tries again in a few seconds.
        if (!states.TryEnter())
            yield break;
        try
        {
            using var over = new CancellationTokenSource(s_longest, clock);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, ct, over.Token);
            while (!end.IsCancellationRequested)
            {
                var reading = states.Read(branch);
                await ((Task)reading.State).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!reading.State.IsCompletedSuccessfully)
                    yield break;
                yield return await reading.State;
                await reading.Next.WaitAsync(s_atLeast, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            states.Leave();
        }
    }
}

/// <summary>Numbers and counters, nobody's name.</summary>
public sealed record HallState(IReadOnlyList<HallCall> Calls, IReadOnlyList<HallQueue> Queues)
{
    private const int MostCalls = 8;

    public static HallState Of(AppointmentPlan plan, WorkingCalendar calendar, DateTimeOffset now, IReadOnlyList<Visit> visits) => new(
        [.. visits.Where(v => v.Status is VisitStatus.Called or VisitStatus.Serving).OrderByDescending(v => v.CalledAt).Take(MostCalls)
            .Select(v => new HallCall(v.Ticket, v.Counter ?? "", v.Status is VisitStatus.Called, v.Priority))],
        [.. visits.Where(v => v.Status is VisitStatus.Waiting).GroupBy(v => v.Group)
            .Select(g => new HallQueue(plan.Group(g.Key)?.Name ?? "", g.Count(), string.Join("  ", g.Take(4).Select(v => v.Priority ? $"{v.Ticket}（优先）" : v.Ticket)),
                PauseWords(plan.PauseAt(g.Key, calendar, now))))]);

    // Whoever waits with a slip of paper hears of it here.
    private static string PauseWords(Pause? pause) => pause switch
    {
        null => "",
        { Resumes: { } resumes } => $"暂停办理，{resumes:HH:mm}恢复，号码保留",
        _ => "今天不再办理，请到咨询台",
    };
}

/// <param name="Fresh">Called and not at the counter yet.</param>
/// <param name="Priority">So that whoever came before sees why.</param>
public sealed record HallCall(string Ticket, string Counter, bool Fresh, bool Priority);

/// <param name="Pause">That its counters are closed, and until when; empty while they are open.</param>
public sealed record HallQueue(string Name, int Waiting, string Next, string Pause);
