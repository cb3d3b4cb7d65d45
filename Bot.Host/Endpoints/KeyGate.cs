using Bot.Data.ApiKeys;
using Bot.Data.Staff;
using Bot.Host.Pages.Console;

namespace Bot.Host.Endpoints;

/// <summary>In front of whoever looks keys up: turns away an address that has sent too many that nobody has.</summary>
internal static class KeyGate
{
    private const string Bearer = "Bearer ";
    private const string Seconds = "60";

    public static async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        var console = http.Request.Path.StartsWithSegments(ConsoleRoutes.Home);
        if (Shown(http.Request, console) is not { Length: > 0 } key)
        {
            await next(http);
            return;
        }

        if (http.RequestServices.GetRequiredService<KeyBrake>().Begin(http, key) is not { } look)
        {
            // Signing in needs no cookie.
            if (http.Request.Path.StartsWithSegments(ConsoleRoutes.SignIn))
            {
                http.Items[typeof(StaffSession)] = null;
                await next(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Seconds;
            return;
        }

        if (look.IsUnknown)
        {
            // As if it had not been sent.
            if (console)
                http.Items[typeof(StaffSession)] = null;
            else
                http.Request.Headers.Authorization = default;
            await next(http);
            return;
        }

        bool? good = null;
        try
        {
            await next(http);
            good = console ? WasOpen(http) : http.Items.ContainsKey(typeof(ApiKey)) ? true : http.Response.StatusCode == StatusCodes.Status401Unauthorized ? false : null;
        }
        finally
        {
            look.End(good);
        }
    }

    private static string? Shown(HttpRequest request, bool console)
    {
        if (console)
            return request.Cookies[StaffAuthentication.Cookie];
        return request.Path.StartsWithSegments("/api") && request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim() : null;
    }

    private static bool? WasOpen(HttpContext http) => http.Items.TryGetValue(typeof(StaffSession), out var session) ? session is not null : null;
}
