using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Sessions;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.WeChat;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery;

/// <summary>
/// Looks after this host's deliveries: closes the callbacks that reach their deadline, renews the turns of those whose work
/// takes long, and wakes who waits for the next.
/// </summary>
/// <remarks>One look at all of them many times a second: a timer for each message would cost more than its routing.</remarks>
internal sealed partial class TurnKeeper(ISessions sessions, BotMetrics metrics, IOptions<BotOptions> options, TimeProvider clock, ILogger<TurnKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_looks = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_renews = TimeSpan.FromSeconds(1);

    // A handler that hangs keeps its citizen waiting this long; then the next message runs.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_drain = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] s_success = CallbackCodec.Success.ToArray();

    private readonly string _host = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();
    private readonly Lock _lock = new();
    private Delivery? _oldest;
    private Delivery? _newest;
    private long _count;

    /// <summary>From here on the callback is closed in time, whatever becomes of its work.</summary>
    public Delivery Enter(Inbound message, DataFormat format)
    {
        // The lease is unique among all hosts, for as long as anything remembers it.
        var lease = string.Create(CultureInfo.InvariantCulture, $"{_host}{Interlocked.Increment(ref _count):x}");
        var delivery = new Delivery(message, format, lease, clock.GetTimestamp());
        lock (_lock)
        {
            delivery.Older = _newest;
            if (_newest is null)
                _oldest = delivery;
            else
                _newest.Newer = delivery;
            _newest = delivery;
        }

        return delivery;
    }

    /// <summary>Its work is done, and its answer on its way.</summary>
    public void Leave(Delivery delivery)
    {
        lock (_lock)
        {
            if (delivery.Older is { } older)
                older.Newer = delivery.Newer;
            else
                _oldest = delivery.Newer;
            if (delivery.Newer is { } newer)
                newer.Older = delivery.Older;
            else
                _newest = delivery.Older;
        }
    }

    /// <summary>Waits until the turn is passed to this lease by this host, or it is time to ask: another host may have passed it.</summary>
    public async Task WaitAsync(string lease, TimeSpan askAfter)
    {
        var woken = _waiting.GetOrAdd(lease, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await woken.Task.WaitAsync(askAfter, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _waiting.TryRemove(lease, out _);
    }

    public void Wake(string? lease)
    {
        if (lease is not null && _waiting.TryGetValue(lease, out var waiter))
            waiter.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_looks, clock);
        var renewedAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var renews = clock.GetElapsedTime(renewedAt) >= s_renews;
            if (renews)
                renewedAt = clock.GetTimestamp();
            foreach (var (delivery, age) in Slow())
            {
                if (age >= options.Value.ReplyWithin && delivery.TryAcknowledge(s_success))
                    metrics.Callback(delivery.Message.Kind, CallbackOutcome.Late, age);
                if (renews && delivery.HoldsTurn && age < s_longest)
                    _ = RenewAsync(delivery);
            }
        }
    }

    /// <summary>Looks on until the last work is done: what outlived its callback is not lost by a graceful stop.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        while (!IsIdle() && !cancellationToken.IsCancellationRequested)
            await Task.Delay(s_drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    private bool IsIdle()
    {
        lock (_lock)
            return _oldest is null;
    }

    private List<(Delivery Delivery, TimeSpan Age)> Slow()
    {
        var least = options.Value.ReplyWithin < s_renews ? options.Value.ReplyWithin : s_renews;
        List<(Delivery, TimeSpan)> slow = [];
        lock (_lock)
        {
            for (var delivery = _oldest; delivery is not null && clock.GetElapsedTime(delivery.ArrivedAt) is var age && age >= least; delivery = delivery.Newer)
                slow.Add((delivery, age));
        }

        return slow;
    }

    private async Task RenewAsync(Delivery delivery)
    {
        try
        {
            if (!await sessions.RenewAsync(delivery.Message.From, delivery.Message.DedupeKey, delivery.Lease) && delivery.HoldsTurn)
                LogLost(delivery.Lease);
        }
        catch (SessionsUnavailableException e)
        {
            LogNotRenewed(e, delivery.Lease);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Turn {Lease} lapsed while its work goes on; its commit will find out")]
    private partial void LogLost(string lease);

    [LoggerMessage(LogLevel.Warning, "Turn {Lease} could not be renewed")]
    private partial void LogNotRenewed(Exception e, string lease);
}
