using System.Collections.Concurrent;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.WeChat;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery;

/// <summary>Counts the forms that this host last saw half filled in; one left beyond its patience counts no more.</summary>
internal sealed class OpenSessions(BotMetrics metrics, IOptions<BotOptions> options, TimeProvider clock) : BackgroundService
{
    private const int MostCounted = 200_000;

    private readonly ConcurrentDictionary<OpenId, long> _open = new();

    public void Note(OpenId citizen, bool isOpen)
    {
        if (isOpen && _open.Count < MostCounted)
            _open[citizen] = clock.GetTimestamp();
        else
            _open.TryRemove(citizen, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var (citizen, since) in _open)
            {
                if (clock.GetElapsedTime(since) > options.Value.FlowPatience)
                    _open.TryRemove(citizen, out _);
            }

            metrics.SessionsOpen(_open.Count);
        }
    }
}
