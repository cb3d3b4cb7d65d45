using Bot.Data.Staff;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Bot.Host.Pages.Console;

/// <summary>Signing in by the office's own provider: code flow with PKCE. Who comes back must have an account here; the session is ours, as after a password.</summary>
internal static class OidcSignIn
{
    public const string Scheme = "Oidc";
    public const string Path = "/console/sign-in/oidc";

    private const string Back = "back";
    private const int LongestSubject = 600;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    extension(AuthenticationBuilder builder)
    {
        public AuthenticationBuilder AddOidc(OidcOptions oidc) => !oidc.IsOn ? builder : builder.AddOpenIdConnect(Scheme, options =>
        {
            (options.Authority, options.ClientId, options.ClientSecret) = (oidc.Authority, oidc.ClientId, oidc.ClientSecret);
            options.RequireHttpsMetadata = new Uri(oidc.Authority).Scheme == Uri.UriSchemeHttps;
            (options.ResponseType, options.ResponseMode, options.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
            options.CallbackPath = $"{Path}/callback";
            options.SignInScheme = StaffAuthentication.Name;
            options.MapInboundClaims = false;
            // For signing out there; the ticket itself is kept nowhere. What the framework would answer there of itself needs a cookie of its own.
            options.SaveTokens = true;
            (options.RemoteSignOutPath, options.SignedOutCallbackPath) = (default, default);
            options.TokenValidationParameters.NameClaimType = oidc.NameClaim;
            options.Scope.Clear();
            foreach (var scope in (string[])["openid", "profile"])
                options.Scope.Add(scope);
            options.BackchannelTimeout = s_patience;
            // Queries come back by a link from elsewhere; neither cookie says anything of anybody.
            (options.CorrelationCookie.SameSite, options.NonceCookie.SameSite) = (SameSiteMode.Lax, SameSiteMode.Lax);
            (options.CorrelationCookie.SecurePolicy, options.NonceCookie.SecurePolicy) = (CookieSecurePolicy.SameAsRequest, CookieSecurePolicy.SameAsRequest);
            options.Events.OnTokenValidated = RefuseUnsigned;
            // Behind all checks, the nonce's among them.
            options.Events.OnTicketReceived = context => WelcomeAsync(context, oidc);
            options.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                context.Response.Redirect($"{ConsoleRoutes.SignIn}?problem={SignInPage.Broken}");
                return Task.CompletedTask;
            };
        });
    }

    extension(IEndpointRouteBuilder app)
    {
        public void MapOidcSignIn(OidcOptions oidc)
        {
            if (oidc.IsOn)
                app.MapGet(Path, LeaveAsync).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static async Task LeaveAsync(HttpContext http, string? back)
    {
        AuthenticationProperties properties = new();
        properties.SetString(Back, back);
        try
        {
            await http.ChallengeAsync(Scheme, properties);
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            // The provider is away: what it says of itself cannot be read.
            http.Response.Redirect($"{ConsoleRoutes.SignIn}?problem={SignInPage.Broken}");
        }
    }

    // The framework takes a token that came straight from the provider without a signature; we have no reason to.
    private static Task RefuseUnsigned(TokenValidatedContext context)
    {
        if (context.SecurityToken is not { RawSignature.Length: > 0 })
            context.Fail("The token is not signed");
        return Task.CompletedTask;
    }

    private static async Task WelcomeAsync(TicketReceivedContext context, OidcOptions oidc)
    {
        var http = context.HttpContext;
        var desk = http.RequestServices.GetRequiredService<SignInDesk>();
        var name = context.Principal?.FindFirst(oidc.NameClaim)?.Value.Trim().ToLowerInvariant() ?? "";
        var subject = context.Principal?.FindFirst("sub") is { } sub ? $"{sub.Issuer} {sub.Value}" : "";
        var vouched = subject.Length is 0 or > LongestSubject ? new Vouched.Stranger() : await desk.VouchedAsync(name, subject, SignInPlaces.Of(http), oidc.TrustsSecondFactor, http.RequestAborted);
        var back = ConsoleRoutes.StageOf(SignInStage.Open, context.Properties?.GetString(Back));
        context.HandleResponse();
        switch (vouched)
        {
            case Vouched.Known known:
                StaffAuthentication.Give(http, known.Key);
                OidcSignOut.Keep(http, context.Properties?.GetTokenValue("id_token"));
                context.Response.Redirect(back);
                break;
            case Vouched.Unbound:
                OidcBinding.Offer(http, name, subject);
                context.Response.Redirect($"{ConsoleRoutes.SignIn}?problem={SignInPage.Unbound}&back={Uri.EscapeDataString(back)}");
                break;
            default:
                context.Response.Redirect($"{ConsoleRoutes.SignIn}?problem={SignInPage.Stranger}");
                break;
        }
    }
}
