using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>How often one address may load pages: often enough for a family behind one router, too seldom to copy or flood the site.</summary>
/// <remarks>Behind a load balancer the address is the visitor's only with <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c>.</remarks>
internal static class Visitors
{
    private const int PagesPerWindow = 120;
    private const int StreamsAtOnce = 20;                     // the screens of a hall
    private const int Ipv6PrefixBytes = 8;                    // a subscriber has the rest to choose from
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    public static RateLimitPartition<IPAddress> Limit(HttpContext context) => RateLimitPartition.GetFixedWindowLimiter(
        Network(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = PagesPerWindow, Window = s_window, QueueLimit = 0 });

    /// <summary>What does not end is counted while it is open.</summary>
    public static RateLimitPartition<IPAddress> LimitStreams(HttpContext context) => RateLimitPartition.GetConcurrencyLimiter(
        Network(context), _ => new ConcurrencyLimiterOptions { PermitLimit = StreamsAtOnce, QueueLimit = 0 });

    public static ValueTask TurnAway(OnRejectedContext rejected, CancellationToken ct)
    {
        rejected.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        rejected.HttpContext.Response.Headers.RetryAfter = "60";
        return ValueTask.CompletedTask;
    }

    private static IPAddress Network(HttpContext context) => Network(context.Connection.RemoteIpAddress ?? IPAddress.None);

    internal static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6PrefixBytes).Clear();
        return new(bytes);
    }
}
