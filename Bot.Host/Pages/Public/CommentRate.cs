using System.Net;
using System.Threading.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>How often one address may write on a page; more often by links from the chat, where many citizens may share one.</summary>
public sealed class CommentRate : IDisposable
{
    private const int Comments = 5;
    private const int ByLinks = 30;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<(IPAddress Address, bool ByLink)> _limiter = PartitionedRateLimiter.Create<(IPAddress Address, bool ByLink), (IPAddress, bool)>(from => RateLimitPartition.GetFixedWindowLimiter(
        (Visitors.Network(from.Address), from.ByLink), _ => new FixedWindowRateLimiterOptions { PermitLimit = from.ByLink ? ByLinks : Comments, Window = s_window, QueueLimit = 0 }));

    public bool Admits(HttpContext context, bool byLink) => _limiter.AttemptAcquire((context.Connection.RemoteIpAddress ?? IPAddress.None, byLink)).IsAcquired;

    public void Dispose() => _limiter.Dispose();
}
