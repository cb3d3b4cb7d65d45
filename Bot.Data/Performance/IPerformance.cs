namespace Bot.Data.Performance;

/// <summary>How the office serves, by month: computed from the tables each time it is asked, never typed in.</summary>
public interface IPerformance
{
    /// <param name="from">The first month's first day (Asia/Shanghai).</param>
    Task<IReadOnlyList<PerformanceSeries>> ReadAsync(DateOnly from, CancellationToken ct);
}

/// <param name="Code">Stable, such as <c>cases.in_time</c>: what it means stands with whoever shows it.</param>
public sealed record PerformanceSeries(string Code, IReadOnlyList<PerformanceValue> Values);

/// <param name="Month">Its first day.</param>
/// <param name="Group">A department, kind or column by its name; empty for all together.</param>
/// <param name="Of">From how many it was computed.</param>
public sealed record PerformanceValue(DateOnly Month, string Group, double Value, int Of);
