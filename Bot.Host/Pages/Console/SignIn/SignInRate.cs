using System.Net;
using System.Threading.RateLimiting;
using Bot.Host.Pages.Public;

namespace Bot.Host.Pages.Console;

/// <summary>How often one address may try to sign in, whichever names it tries.</summary>
internal static class SignInRate
{
    public const string Name = "sign-in";

    private const int TriesPerWindow = 30;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    public static RateLimitPartition<IPAddress> Limit(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(
            Visitors.Network(context.Connection.RemoteIpAddress ?? IPAddress.None),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerWindow, Window = s_window, QueueLimit = 0 })
        : RateLimitPartition.GetNoLimiter(IPAddress.None);
}
