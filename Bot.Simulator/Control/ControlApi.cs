using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Control;

/// <summary>What the page and tests steer the pretend world with, under <c>/simulator/control</c>.</summary>
internal static class ControlApi
{
    private const int JournalPage = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control").AddEndpointFilter<SameSite>();
        control.MapGet("/state", (WorldState state) => Answer(state.Read()));
        control.MapGet("/events", (LiveFeed feed, IHostApplicationLifetime life, CancellationToken ct) =>
            TypedResults.ServerSentEvents(ListenAsync(feed, life, ct)));
        control.MapPost("/verify", async (Line line, CancellationToken ct) => Answer(new { Fault = await line.VerifyAsync(ct) }));

        control.MapGet("/journal", (Journal journal, int? count, long? after, string? kind, string? openId) =>
            Answer(journal.Latest(Math.Clamp(count ?? 100, 1, JournalPage), after ?? 0, kind, openId)));
        control.MapGet("/journal/{id:long}", (Journal journal, long id) =>
            journal.Find(id) is { } entry ? Answer(entry) : TypedResults.NotFound());
        control.MapDelete("/journal", (Journal journal) => { journal.Clear(); return Answer(new { }); });

        control.MapGet("/faults", (Faults faults) => Answer(faults.All));
        control.MapPut("/faults", SetFault);
        control.MapDelete("/faults", (Faults faults) => { faults.Clear(); return Answer(faults.All); });

        control.MapPost("/clock", (ClockRequest request, VirtualClock clock, LiveFeed feed, WorldState state) =>
        {
            if (double.IsFinite(request.Minutes) && Math.Abs(request.Minutes) <= ClockRequest.Most)
                clock.Advance(TimeSpan.FromMinutes(request.Minutes));
            clock.ShiftsCallbacks = request.ShiftsCallbacks ?? clock.ShiftsCallbacks;
            return Told(feed, state);
        });
        control.MapDelete("/clock", (VirtualClock clock, LiveFeed feed, WorldState state) =>
        {
            clock.Reset();
            return Told(feed, state);
        });

        CitizenControl.Map(control);
        AccountControl.Map(control);
    }

    public static IResult Answer(object what) => TypedResults.Json(what, Json.Web);

    private static IResult SetFault(FaultRequest request, Faults faults)
    {
        if (request.Rate is not (>= 0 and <= 1))
            return TypedResults.BadRequest();
        faults.Set(new FaultRule(request.Kind, request.Path ?? "*", request.Rate, request.Times, request.Code));
        return Answer(faults.All);
    }

    private static IResult Told(LiveFeed feed, WorldState state)
    {
        feed.Tell("clock", state.Clock);
        return Answer(state.Clock());
    }

    // Ends with the server too: an open page must not hold up its stopping.
    private static async IAsyncEnumerable<SseItem<string>> ListenAsync(
        LiveFeed feed, IHostApplicationLifetime life, [EnumeratorCancellation] CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var page = feed.Open();
        try
        {
            yield return new SseItem<string>("{}", "hello");
            while (await NextAsync(page.Reader, either.Token) is { } news)
                yield return new SseItem<string>(news.Json, news.Kind);
        }
        finally
        {
            feed.Close(page);
        }
    }

    private static async Task<LiveFeed.News?> NextAsync(System.Threading.Channels.ChannelReader<LiveFeed.News> news, CancellationToken ct)
    {
        try
        {
            return await news.ReadAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    internal sealed record ClockRequest(double Minutes, bool? ShiftsCallbacks)
    {
        /// <summary>Two years at a time.</summary>
        public const double Most = 2 * 366 * 24 * 60;
    }

    internal sealed record FaultRequest(FaultKind Kind, string? Path, double Rate, int? Times, int? Code);
}
