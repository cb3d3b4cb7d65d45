using Bot.Simulator.World;

namespace Bot.Simulator.Control;

/// <summary>The citizen that the route names.</summary>
internal sealed record CitizenOf(Citizen Citizen)
{
    public static ValueTask<CitizenOf?> BindAsync(HttpContext context)
    {
        var citizens = context.RequestServices.GetRequiredService<Citizens>();
        lock (citizens.Gate)
        {
            var found = citizens.Find(context.GetRouteValue("openId") as string);
            return ValueTask.FromResult(found is null ? null : new CitizenOf(found));
        }
    }
}

internal sealed class KnownCitizen : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<CitizenOf>().Any() ? await next(context) : TypedResults.NotFound();
}
