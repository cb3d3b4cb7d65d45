using System.Data.Common;
using Bot.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Bot.Host.Endpoints;

/// <summary>What a request gets that ended in an exception: a bare status, by whose fault it was. What dresses one stands in front.</summary>
internal static partial class Faults
{
    /// <summary>Seconds after which whoever is told so may try again.</summary>
    public const string Pause = "5";

    extension(IApplicationBuilder app)
    {
        public void AnswerFaults() => app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            ExceptionHandler = EndAsync,
            // What is our own fault is logged with all its words.
            SuppressDiagnosticsCallback = ended => StatusOf(ended.Exception) != StatusCodes.Status500InternalServerError,
        });
    }

    private static int StatusOf(Exception fault) => fault switch
    {
        // A zero character, in a text and in JSON, that came otherwise than as a form (see ZeroBytes).
        DbException { SqlState: "22021" or "22P05" } => StatusCodes.Status400BadRequest,
        // Such as a body that comes too slowly.
        BadHttpRequestException bad => bad.StatusCode,
        _ => ServerFault.IsPassing(fault) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
    };

    private static Task EndAsync(HttpContext http)
    {
        if (http.Response.StatusCode != StatusCodes.Status503ServiceUnavailable)
            return Task.CompletedTask;
        http.Response.Headers.RetryAfter = Pause;
        var ended = http.Features.GetRequiredFeature<IExceptionHandlerFeature>();
        LogAway(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults)),
            ended.Endpoint?.DisplayName ?? "(no endpoint)", ServerFault.Of(ended.Error) ?? ended.Error.GetType().Name);
        return Task.CompletedTask;
    }

    // The endpoint, not the path: that may hold what only its reader should know.
    [LoggerMessage(LogLevel.Warning, "{Endpoint} was answered 503: {Reason}")]
    private static partial void LogAway(ILogger logger, string endpoint, string reason);
}
