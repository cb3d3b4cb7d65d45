using Bot.Data.Staff;

namespace Bot.Data.Cases;

/// <summary>统计: how many, how fast, how well.</summary>
public interface ICaseFigures
{
    /// <summary>Of what was filed in the days from <paramref name="from"/> to <paramref name="to"/>, Beijing dates, both included; an officer's own department only, without reports.</summary>
    Task<CaseFigures> ReadAsync(DateOnly from, DateOnly to, StaffMember staff, CancellationToken ct);

    /// <summary>Counts anew what changed since it was counted last, so that not all of it is left for whoever reads next.</summary>
    Task FoldAsync(CancellationToken ct);

    /// <summary>How the office keeps its deadlines, by what fell due in the last <paramref name="within"/>.</summary>
    Task<CasePromise> PromiseAsync(TimeSpan within, CancellationToken ct);

    /// <summary>What the yearly report on requests for information counts; a year of Beijing.</summary>
    Task<IReadOnlyList<DisclosureFigure>> DisclosuresAsync(int year, CancellationToken ct);

    /// <summary>One row a case, streamed, without reports and without anything personal; an officer's own department only.</summary>
    IAsyncEnumerable<CaseExportRow> ExportAsync(DateOnly from, DateOnly to, StaffMember staff, CancellationToken ct);
}

/// <param name="By">The same cases by each grouping, the most first.</param>
/// <param name="Whole">False: some days are still being counted, as after an upgrade, and lack something.</param>
public sealed record CaseFigures(IReadOnlyDictionary<CaseGrouping, IReadOnlyList<CaseFigure>> By, bool Whole);

public enum CaseGrouping { Category, Department, Kind, Day }

/// <param name="Key">Code of the category or department, the kind, or the day; empty for the centre.</param>
/// <param name="Timely">Answered within the deadline, and so each time before it was opened again.</param>
/// <param name="Late">Answered later, now or before it was opened again, or still open behind it.</param>
/// <param name="Days">Mean days from filing to the answer; null without any.</param>
/// <param name="Rated">Without those set aside on an appeal.</param>
/// <param name="Content">Rated 基本满意 or better.</param>
public sealed record CaseFigure(string Key, int Filed, int Answered, int Timely, int Late, double? Days, int Rated, int Content);

/// <param name="Overdue">Of those open, whose deadline is over; where we wait for the citizen the clock stands still.</param>
/// <param name="FellDue">Whose deadline was in the time asked for, answered or not.</param>
/// <param name="Missed">Of those that fell due, answered later or not yet.</param>
public sealed record CasePromise(int Open, int Overdue, int FellDue, int Missed);

/// <param name="Row"><c>new</c>, <c>carried</c>, <c>left</c>, <c>answered</c>, <c>in-time</c>, or what was decided.</param>
/// <param name="Applicant">One of <see cref="Disclosure.Applicants"/>.</param>
public sealed record DisclosureFigure(string Row, string Applicant, int Count);

public sealed record CaseExportRow(
    string Number, CaseKind Kind, string Category, string? Department, CaseState State, DateTimeOffset FiledAt, DateTimeOffset? AcceptedAt,
    DateTimeOffset AnswerBy, DateTimeOffset? AnsweredAt, DateTimeOffset? ClosedAt, int Dispatches, int Reopened, int? Rating, bool Anonymous);
