using System.Runtime.CompilerServices;
using Bot.Data.Appointments;
using Bot.Host.Delivery;
using Bot.Host.Pages.Public;

namespace Bot.Host.Endpoints;

/// <summary>What a hall's screen shows, sent anew whenever a queue changes.</summary>
internal static class HallEvents
{
    // An open screen must not hold up a stopping host. Proxies close what is silent; a changed date is noticed, too.
    private static readonly TimeSpan s_atLeast = TimeSpan.FromSeconds(20);

    extension(IEndpointRouteBuilder app)
    {
        public void MapHallEvents() => app.MapGet("/halls/{branch}/events",
            (string branch, AppointmentPlans plans, IVisits visits, HallWatch watch, IHostApplicationLifetime life, CancellationToken ct) =>
                plans.Current.Branch(branch) is null
                    ? Results.NotFound() : TypedResults.ServerSentEvents(StatesAsync(branch, plans, visits, watch, life.ApplicationStopping, ct), "queue"))
            .RequireRateLimiting(PublicPages.RateLimit);
    }

    private static async IAsyncEnumerable<HallState> StatesAsync(
        string branch, AppointmentPlans plans, IVisits visits, HallWatch watch, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, ct);
        while (!either.IsCancellationRequested)
        {
            var next = watch.Next;
            yield return HallState.Of(plans.Current, await visits.TodayAsync(branch, ct));
            await next.WaitAsync(s_atLeast, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Numbers and counters, nobody's name.</summary>
public sealed record HallState(IReadOnlyList<HallCall> Calls, IReadOnlyList<HallQueue> Queues)
{
    private const int MostCalls = 8;

    public static HallState Of(AppointmentPlan plan, IReadOnlyList<Visit> visits) => new(
        [.. visits.Where(v => v.Status is VisitStatus.Called or VisitStatus.Serving).OrderByDescending(v => v.CalledAt).Take(MostCalls)
            .Select(v => new HallCall(v.Ticket, v.Counter ?? "", v.Status is VisitStatus.Called))],
        [.. visits.Where(v => v.Status is VisitStatus.Waiting).GroupBy(v => v.Group)
            .Select(g => new HallQueue(plan.Group(g.Key)?.Name ?? "", g.Count(), string.Join("  ", g.Take(4).Select(v => v.Priority ? $"{v.Ticket}（优先）" : v.Ticket))))]);
}

/// <param name="Fresh">Called and not at the counter yet.</param>
public sealed record HallCall(string Ticket, string Counter, bool Fresh);

public sealed record HallQueue(string Name, int Waiting, string Next);
