using Bot.Host.Settings;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Bot.Host.Pages.Console;

/// <summary>Who came by the office's own provider leaves there, too, where it says how.</summary>
/// <remarks>Source: OpenID Connect RP-Initiated Logout 1.0.</remarks>
internal static class OidcSignOut
{
    // Goes along to no other page. The token says who they are, to themselves; nobody is let in by it.
    private const string Cookie = "staff-oidc";
    private const string Path = "/console/sign-out";
    private const string NoHint = "-";

    // Browsers throw longer cookies away.
    private const int Longest = 3500;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public static void Keep(HttpContext http, string? token) => http.Response.Cookies.Append(Cookie, token is { Length: > 0 and <= Longest } ? token : NoHint, new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, IsEssential = true, Path = Path,
    });

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie, new() { Path = Path });

    /// <returns>Where they go to leave; null: they came by a password, the provider offers no such place, or cannot be asked.</returns>
    public static async Task<string?> AddressAsync(HttpContext http, OidcOptions oidc, CancellationToken ct)
    {
        if (!oidc.IsOn || http.Request.Cookies[Cookie] is not { Length: > 0 } token)
            return null;
        Forget(http);
        var provider = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(OidcSignIn.Scheme).ConfigurationManager!;
        try
        {
            // Known since they came; asked again once a day.
            var offered = (await provider.GetConfigurationAsync(ct).WaitAsync(s_patience, ct)).EndSessionEndpoint;
            return !Uri.TryCreate(offered, UriKind.Absolute, out _) ? null : QueryHelpers.AddQueryString(offered, new Dictionary<string, string?>
            {
                ["id_token_hint"] = token == NoHint ? null : token,
                ["client_id"] = oidc.ClientId,
                ["post_logout_redirect_uri"] = $"{http.Request.Scheme}://{http.Request.Host}{ConsoleRoutes.SignIn}",
            });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TimeoutException)
        {
            return null;
        }
    }
}
