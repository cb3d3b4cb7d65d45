using System.Net;
using System.Threading.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>How often one address may write on a page without coming from the chat.</summary>
public sealed class CommentRate : IDisposable
{
    private const int Comments = 5;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetFixedWindowLimiter(
        Visitors.Network(address), _ => new FixedWindowRateLimiterOptions { PermitLimit = Comments, Window = s_window, QueueLimit = 0 }));

    public bool Admits(HttpContext context) => _limiter.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None).IsAcquired;

    public void Dispose() => _limiter.Dispose();
}
