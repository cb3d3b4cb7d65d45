using System.Globalization;
using System.Threading.RateLimiting;
using Bot.Data.ApiKeys;
using Bot.Host.Settings;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Bot.Host.Endpoints.Api;

/// <summary>How often the keys of one owner may call, whichever hosts they call.</summary>
internal sealed class ApiRate(ICallLimit calls, IOptions<ApiOptions> options) : IRateLimiterPolicy<string>
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = TurnAwayAsync;

    public RateLimitPartition<string> GetPartition(HttpContext context) =>
        RateLimitPartition.Get<string>(context.User.Identity?.Name ?? "", caller => new Shared(caller, calls, options));

    private static async ValueTask TurnAwayAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : s_window;
        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        rejected.HttpContext.Response.Headers.RetryAfter = seconds;
        await ApiProblem.Of(StatusCodes.Status429TooManyRequests, $"请求过于频繁，请在 {seconds} 秒后再试").ExecuteAsync(rejected.HttpContext);
    }

    private sealed class Shared(string caller, ICallLimit calls, IOptions<ApiOptions> options) : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        // Only the count of all hosts decides, and to ask for it takes a moment.
        protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Counted(s_window);

        protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
            new Counted(await calls.CountAsync(caller, options.Value.RequestsPerMinute, s_window));
    }

    private sealed class Counted(TimeSpan wait) : RateLimitLease
    {
        public override bool IsAcquired => wait == TimeSpan.Zero;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = wait;
            return !IsAcquired && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
