using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Sessions;
using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>Looks after this host's turns: names them, renews those whose work takes long, and wakes who waits for the next.</summary>
internal sealed partial class TurnKeeper(ISessions sessions, TimeProvider clock, ILogger<TurnKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    // A handler that hangs keeps its citizen waiting this long; then the next message runs.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_drain = TimeSpan.FromMilliseconds(50);

    private readonly string _host = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly ConcurrentDictionary<string, Held> _held = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();
    private long _count;

    /// <summary>Unique among all hosts, for as long as anything remembers it.</summary>
    public string NewLease() => string.Create(CultureInfo.InvariantCulture, $"{_host}{Interlocked.Increment(ref _count):x}");

    public void Keep(OpenId citizen, string message, string lease) => _held[lease] = new(citizen, message, clock.GetTimestamp());

    /// <summary>The turn is over and is renewed no more, though its answer may still be on its way.</summary>
    public void Ended(string lease)
    {
        if (_held.TryGetValue(lease, out var held))
            _held[lease] = held with { Over = true };
    }

    public void Drop(string lease) => _held.TryRemove(lease, out _);

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
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var (lease, held) in _held)
            {
                if (!held.Over && clock.GetElapsedTime(held.Since) is var age && age >= s_every && age < s_longest)
                    _ = RenewAsync(lease, held);
            }
        }
    }

    /// <summary>Renews on until the last turn is done: work that outlived its callback is not lost by a graceful stop.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        while (!_held.IsEmpty && !cancellationToken.IsCancellationRequested)
            await Task.Delay(s_drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    private async Task RenewAsync(string lease, Held held)
    {
        try
        {
            if (!await sessions.RenewAsync(held.Citizen, held.Message, lease))
                LogLost(lease);
        }
        catch (SessionsUnavailableException e)
        {
            LogNotRenewed(e, lease);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Turn {Lease} lapsed while its work goes on; its commit will find out")]
    private partial void LogLost(string lease);

    [LoggerMessage(LogLevel.Warning, "Turn {Lease} could not be renewed")]
    private partial void LogNotRenewed(Exception e, string lease);

    private readonly record struct Held(OpenId Citizen, string Message, long Since, bool Over = false);
}
