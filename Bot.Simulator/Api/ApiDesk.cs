using System.Text.Json;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Finds the call, checks method, token and quota in the platform's order, and carries it out.</summary>
internal sealed class ApiDesk(IEnumerable<IApiGroup> groups, SimulatorOptions options, Citizens citizens, Tokens tokens, Quotas quotas, Dice dice)
{
    private readonly Dictionary<string, ApiRoute> _routes =
        groups.SelectMany(g => g.Routes).ToDictionary(r => r.Path, StringComparer.Ordinal);

    public IEnumerable<string> Paths => _routes.Keys.Order(StringComparer.Ordinal);

    public ApiAnswer Answer(ApiCall call)
    {
        lock (citizens.Gate)
            return Handle(call).WithRid(Rid());
    }

    /// <summary>As the platform answers when a fault struck instead.</summary>
    public ApiAnswer Refuse(int code) => ApiAnswer.Error(code).WithRid(Rid());

    public void InvalidateToken(ApiCall call)
    {
        lock (citizens.Gate)
            tokens.Invalidate(call.Token ?? "");
    }

    private ApiAnswer Handle(ApiCall call)
    {
        if (!_routes.TryGetValue(call.Path, out var route))
            return ApiAnswer.Error(40066);
        if (route.Method != "*" && route.Method != call.Method)
            return ApiAnswer.Error(route.Method == "GET" ? 43001 : 43002);
        if (route.NeedsToken && tokens.Check(call.Token) is not 0 and var refused)
            return ApiAnswer.Error(refused);
        if (!quotas.Use(call.Path))
            return ApiAnswer.Error(45009);
        if (options.Limits.RefuseJsonEscapes && call.File is null && call.HasEscapes)
            return ApiAnswer.Error(call.Path.StartsWith("/cgi-bin/menu/", StringComparison.Ordinal) ? 40033 : 47002);
        try
        {
            return route.Handle(call);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return ApiAnswer.Error(call.Body.Length == 0 ? 44002 : 47001);
        }
    }

    private string Rid() => string.Join('-', Enumerable.Range(0, 3).Select(_ => Convert.ToHexStringLower(dice.Bytes(4))));
}
