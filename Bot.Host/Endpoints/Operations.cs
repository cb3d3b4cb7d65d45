using Bot.Host.Operation;
using Prometheus;

namespace Bot.Host.Endpoints;

/// <summary>What operators and their machines ask: <c>/health…</c> and <c>/metrics</c>.</summary>
internal static class Operations
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapOperations(CollectorRegistry registry)
        {
            app.MapGet("/health/live", () => TypedResults.Text("live"));
            app.MapGet("/health/ready", (Readiness readiness) =>
                TypedResults.Text(readiness.State, statusCode: readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
            app.MapGet("/health", async (HealthReport report, CancellationToken ct) =>
            {
                var health = await report.MakeAsync(ct);
                return TypedResults.Json(health, statusCode: health.Status == "healthy" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            });
            app.MapMetrics(registry: registry);
        }
    }
}
