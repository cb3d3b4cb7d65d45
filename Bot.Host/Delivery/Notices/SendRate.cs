using Bot.Data.Notices;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Notices;

/// <summary>This host's share of the rate that all hosts keep together.</summary>
internal sealed class SendRate(ITokenBucket bucket, IOptions<NoticesOptions> options, TimeProvider clock) : IDisposable
{
    // One question for so many sends: a twentieth of a second's.
    private const int Twentieth = 20;

    private readonly SemaphoreSlim _turn = new(1);
    private int _left;

    public void Dispose() => _turn.Dispose();

    /// <summary>Returns when one more may be sent.</summary>
    public async ValueTask WaitAsync(CancellationToken ct)
    {
        var rate = options.Value.RatePerSecond;
        if (rate == 0)
            return;
        await _turn.WaitAsync(ct);
        try
        {
            if (_left == 0)
            {
                var count = Math.Max(1, rate / Twentieth);
                var wait = await bucket.ReserveAsync("notices", count, rate);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, clock, ct);
                _left = count;
            }

            _left--;
        }
        finally
        {
            _turn.Release();
        }
    }
}
