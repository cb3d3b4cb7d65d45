using Bot.Data.Performance;

namespace Bot.Handlers.Participation;

/// <summary>The public figures, computed at most every quarter of an hour and never shown when older than an hour.</summary>
public sealed class PerformanceBoard(IPerformance performance, TimeProvider clock) : IDisposable
{
    private const int Months = 12;
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(15);

    // With the minutes for which browsers and proxies keep the files, never more than an hour.
    private static readonly TimeSpan s_oldest = TimeSpan.FromMinutes(50);

    private readonly SemaphoreSlim _one = new(1);
    private volatile PerformanceReport? _last;

    /// <returns>Null when they cannot be computed now and the last ones are too old.</returns>
    public async Task<PerformanceReport?> ReadAsync(CancellationToken ct)
    {
        if (Known(s_fresh) is { } fresh)
            return fresh;
        await _one.WaitAsync(ct);
        try
        {
            if (Known(s_fresh) is { } meanwhile)
                return meanwhile;
            var now = clock.GetUtcNow();
            var today = Beijing.DateOf(now);
            var from = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months);
            return _last = PerformanceReport.Of(await performance.ReadAsync(from, ct), from, Months, now);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Known(s_oldest);             // the database is away
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private PerformanceReport? Known(TimeSpan age) => _last is { } last && clock.GetUtcNow() - last.At <= age ? last : null;
}

/// <param name="Months">Their first days, oldest first; the last one is still running.</param>
public sealed record PerformanceReport(DateTimeOffset At, IReadOnlyList<DateOnly> Months, IReadOnlyList<PerformanceFigure> Figures)
{
    internal static PerformanceReport Of(IReadOnlyList<PerformanceSeries> series, DateOnly from, int months, DateTimeOffset at)
    {
        var known = series.ToDictionary(s => s.Code, StringComparer.Ordinal);
        return new(
            at, [.. Enumerable.Range(0, months).Select(from.AddMonths)],
            [.. PerformanceFigures.All.Where(f => known.ContainsKey(f.Code)).Select(f => f with { Values = known[f.Code].Values })]);
    }
}
