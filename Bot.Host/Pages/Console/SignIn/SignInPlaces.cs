using System.Net;
using System.Security.Cryptography;
using Bot.Data.Staff;
using Bot.Host.Pages.Public;

namespace Bot.Host.Pages.Console;

/// <summary>Where a sign-in comes from. A browser gets a random name in a cookie, by which nothing is opened: only its wrong tries are told from those of others.</summary>
internal static class SignInPlaces
{
    private const string Cookie = "staff-device";
    private const int Length = 43;                   // 256 bits
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(90);

    public static SignInPlace Of(HttpContext http)
    {
        var device = http.Request.Cookies[Cookie] is { Length: Length } kept ? kept : RandomNumberGenerator.GetString(Letters, Length);
        http.Response.Cookies.Append(Cookie, device, new()
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true, Path = ConsoleRoutes.Home, MaxAge = s_kept,
        });
        return new(Visitors.Network(http.Connection.RemoteIpAddress ?? IPAddress.None).ToString(), device, http.Request.Headers.UserAgent.ToString());
    }
}
