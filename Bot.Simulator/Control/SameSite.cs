namespace Bot.Simulator.Control;

/// <summary>Keeps other web pages in the tester's browser from steering the simulator.</summary>
internal sealed class SameSite : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            ? ValueTask.FromResult<object?>(TypedResults.StatusCode(StatusCodes.Status403Forbidden))
            : next(context);
}
