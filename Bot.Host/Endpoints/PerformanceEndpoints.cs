using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Handlers.Participation;
using Bot.Host.Pages.Public;

namespace Bot.Host.Endpoints;

/// <summary>The public figures for programs and spreadsheets.</summary>
internal static class PerformanceEndpoints
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // By it a spreadsheet knows that this is UTF-8.
    private static readonly Encoding s_marked = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    extension(IEndpointRouteBuilder app)
    {
        public void MapPerformance()
        {
            var figures = app.MapGroup("").RequireRateLimiting(PublicPages.RateLimit);
            figures.MapGet("/performance.json", (PerformanceBoard board, HttpContext context, CancellationToken ct) => GiveAsync(board, context, Json, ct));
            figures.MapGet("/performance.csv", (PerformanceBoard board, HttpContext context, CancellationToken ct) => GiveAsync(board, context, Csv, ct));
        }
    }

    private static async Task<IResult> GiveAsync(PerformanceBoard board, HttpContext context, Func<PerformanceReport, IResult> write, CancellationToken ct)
    {
        if (await board.ReadAsync(ct) is not { } report)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return write(report);
    }

    private static IResult Csv(PerformanceReport report) =>
        TypedResults.Bytes([.. s_marked.GetPreamble(), .. s_marked.GetBytes(PerformanceView.Csv(report))], "text/csv; charset=utf-8", "performance.csv");

    private static IResult Json(PerformanceReport report) => TypedResults.Json(
        new
        {
            report.At,
            Months = report.Months.Select(PerformanceView.Month),
            Figures = report.Figures.Select(f => new
            {
                f.Code, f.Topic, f.Title, f.Unit, f.Definition,
                Values = f.Values.Select(v => new { Month = PerformanceView.Month(v.Month), v.Group, v.Value, v.Of }),
            }),
        }, s_json);
}
