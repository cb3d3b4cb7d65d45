using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Bot.Tests.Pages.Console;

/// <summary>A small OpenID provider: signed tokens, codes that serve once, and PKCE. Whoever comes is <see cref="Person"/>.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    public const string Client = "bot-console";
    public const string Secret = "a-secret-between-the-two";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string Redirect)> _codes = [];
    private readonly WebApplication _app;

    private OidcProvider(WebApplication app) => _app = app;

    /// <summary>The account's name in the token.</summary>
    public string Person { get; set; } = "";

    /// <summary>Signs with a key that nobody knows.</summary>
    public bool Forges { get; set; }

    /// <summary>Who it is, whatever they call themselves.</summary>
    public string Subject { get; set; } = "42";

    /// <summary>What is wrong with the token: nonce, audience, issuer, signature; empty for nothing.</summary>
    public string Fault { get; set; } = "";

    /// <summary>Whether one can sign out there.</summary>
    public bool EndsSessions { get; set; } = true;

    public string Address => _app.Urls.First();

    public static async Task<OidcProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        OidcProvider provider = new(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address, authorization_endpoint = $"{Address}/authorize", token_endpoint = $"{Address}/token", jwks_uri = $"{Address}/keys",
            end_session_endpoint = EndsSessions ? $"{Address}/leave?realm=office" : null,
            response_types_supported = new[] { "code" }, id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new(_key.Rsa.ExportParameters(false)) { KeyId = _key.KeyId });
            return Results.Json(new { keys = new[] { new { kty = key.Kty, use = "sig", kid = key.Kid, n = key.N, e = key.E } } });
        });
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            string Asked(string name) => request.Query[name].ToString();
            if (Asked("client_id") != Client || Asked("response_type") != "code" || Asked("code_challenge_method") != "S256")
                return Results.BadRequest();
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (Asked("nonce"), Asked("code_challenge"), Asked("redirect_uri"));
            return Results.Redirect(QueryHelpers.AddQueryString(Asked("redirect_uri"), new Dictionary<string, string?> { ["code"] = code, ["state"] = Asked("state") }));
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (form["client_secret"] != Secret || !_codes.TryRemove(form["code"].ToString(), out var known) || known.Redirect != form["redirect_uri"]
                || known.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
                return Results.BadRequest(new { error = "invalid_grant" });
            var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Fault == "issuer" ? "https://other.example" : Address, Audience = Fault == "audience" ? "another" : Client, Expires = DateTime.UtcNow.AddMinutes(5),
                Subject = new ClaimsIdentity([new("sub", Subject), new("nonce", Fault == "nonce" ? "another" : known.Nonce), new("preferred_username", Person)]),
                SigningCredentials = Fault == "signature" ? null : new(Forges ? new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" } : _key, SecurityAlgorithms.RsaSha256),
            });
            return Results.Json(new { access_token = "x", token_type = "Bearer", id_token = token, expires_in = 300 });
        });
    }
}
