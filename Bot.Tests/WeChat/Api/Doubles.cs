using System.Collections.Concurrent;

using Bot.WeChat.Api;

using Microsoft.Extensions.Logging;

namespace Bot.Tests.WeChat.Api;

/// <summary>Every log line of every category, exceptions included.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}

internal sealed class CountedCalls : IApiObserver
{
    private int _refreshes;

    public ConcurrentQueue<(string Api, int ErrCode)> Seen { get; } = [];

    public int Refreshes => _refreshes;

    public void Called(string api, int errcode, TimeSpan elapsed) => Seen.Enqueue((api, errcode));

    public void TokenRefreshed() => Interlocked.Increment(ref _refreshes);
}

/// <summary>Real time, but the waits between attempts, all under 5 s, are over at once; deadlines are longer and stay.</summary>
internal sealed class QuickRetries : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(4.9) ? TimeSpan.Zero : dueTime, period);
}
