using Bot.Data.Staff;

namespace Bot.Host.Pages.Console.Home;

/// <summary>What a topic puts on the 工作台. Register it; the order is that of registration.</summary>
public interface IDashboardSource
{
    /// <summary>Whether it concerns them at all; for others nothing is read.</summary>
    bool IsFor(StaffMember person);

    /// <param name="days">7 or 30: how far back charts look.</param>
    Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct);
}

/// <summary>Show only what exists, and only what this person may see.</summary>
public sealed record DashboardPart
{
    public IReadOnlyList<DashboardFigure> Figures { get; init; } = [];

    public IReadOnlyList<DashboardList> Lists { get; init; } = [];

    public IReadOnlyList<DashboardChart> Charts { get; init; } = [];
}

/// <param name="Path">The list behind the number; null for none.</param>
/// <param name="Note">Such as 其中 3 件今天到期; null for none.</param>
public sealed record DashboardFigure(string Label, long Value, string? Path = null, Tone Tone = Tone.Plain, string? Note = null);

/// <param name="Empty">What to say when there is nothing.</param>
public sealed record DashboardList(string Title, string Path, IReadOnlyList<DashboardRow> Rows, string Empty);

/// <param name="Note">At the end of the row: a time, a count.</param>
public sealed record DashboardRow(string Text, string Path, string Note = "", Tone Tone = Tone.Plain);

/// <param name="Kind"><c>line</c>, <c>bar</c> or <c>pie</c>; a pie has one series.</param>
public sealed record DashboardChart(string Title, string Kind, IReadOnlyList<string> Labels, IReadOnlyList<DashboardSeries> Series, bool Stacked = false);

/// <param name="Values">One for each label.</param>
public sealed record DashboardSeries(string Name, IReadOnlyList<long> Values);

public enum Tone { Plain, Good, Warn, Bad, Info }
