using System.Security.Cryptography;
using Bot.Data.Staff;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Host.Pages.Console;

/// <summary>Whom the office's own provider vouched for a moment ago, kept until they have given their password and their second factor here for the first time.</summary>
internal static class OidcBinding
{
    private const string Cookie = "staff-vouched";
    private static readonly TimeSpan s_open = TimeSpan.FromMinutes(10);

    public static void Offer(HttpContext http, string account, string subject) =>
        http.Response.Cookies.Append(Cookie, Protector(http).Protect($"{account}\n{subject}", s_open), new()
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, IsEssential = true, Path = ConsoleRoutes.SignIn, MaxAge = s_open,
        });

    /// <returns>Who they are there; null when nobody was vouched for as this account.</returns>
    public static string? Read(HttpContext http, string account)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } kept)
            return null;
        try
        {
            return Protector(http).Unprotect(kept).Split('\n', 2) is [var name, var subject] && name == account ? subject : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Once their second factor is right.</summary>
    public static async Task CompleteAsync(HttpContext http, SignInDesk desk, StaffMember member, CancellationToken ct)
    {
        await desk.BindAsync(member, Read(http, member.Name), ct);
        Forget(http);
    }

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie, new() { Path = ConsoleRoutes.SignIn });

    private static ITimeLimitedDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("oidc binding").ToTimeLimitedDataProtector();
}
