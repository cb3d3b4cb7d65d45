using Bot.Data.Staff;

namespace Bot.Data.Ratings;

/// <summary>好差评 of cases, visits and look-ups. The centre sees all; others their department's, and nobody sees a report's words here.</summary>
public interface IRatings
{
    Task<RatingFigures> ReadAsync(RatingGrouping by, RatingScope scope, StaffMember staff, CancellationToken ct);

    /// <summary>The two bad levels of cases and visits, last first.</summary>
    /// <param name="page">From 1.</param>
    Task<(IReadOnlyList<BadRatingRow> Rows, int Total)> BadAsync(RatingScope scope, BadRatingView view, StaffMember staff, int page, int size, CancellationToken ct);

    /// <summary>Asks that a mistaken rating count no more.</summary>
    /// <returns>False: there is no such rating for these eyes, or it was appealed before.</returns>
    Task<bool> AppealAsync(RatingSource source, long subject, string reason, StaffMember by, CancellationToken ct);

    /// <summary>By somebody else of the centre.</summary>
    /// <returns>False: it was decided before, or by who asked.</returns>
    Task<bool> DecideAsync(long appeal, bool upheld, string answer, StaffMember by, CancellationToken ct);
}

/// <param name="To">The day itself counts.</param>
/// <param name="Source">Null: all.</param>
public sealed record RatingScope(DateOnly From, DateOnly To, RatingSource? Source);

public enum RatingSource
{
    Case,
    Visit,
    Search,
}

public enum RatingGrouping
{
    Department,
    Service,
    Person,
}

public enum BadRatingView
{
    All,

    /// <summary>Not called back.</summary>
    Waiting,

    /// <summary>An appeal is undecided.</summary>
    Appealed,
}

/// <param name="Groups">The most rated first, and some 200 of them.</param>
/// <param name="Levels">The same ratings by their level, "1" to "5".</param>
public sealed record RatingFigures(IReadOnlyList<RatingFigure> Groups, IReadOnlyList<RatingFigure> Levels);

/// <param name="Good">Levels 3 to 5.</param>
/// <param name="Mean">From 1 to 5.</param>
public sealed record RatingFigure(string Key, int Ratings, int Good, int Bad, int Waiting, double Mean);

/// <param name="Subject">The case's or the visit's id.</param>
/// <param name="Label">The case's number or the visit's ticket.</param>
/// <param name="CalledAt">Null: nobody was called.</param>
public sealed record BadRatingRow(
    RatingSource Source, long Subject, string Label, string Office, string Service, string Person, int Level, DateTimeOffset RatedAt, string Words,
    bool Waiting, DateTimeOffset? CalledAt, RatingAppeal? Appeal);

/// <param name="AskedBy">Their account.</param>
/// <param name="Upheld">Null: undecided.</param>
public sealed record RatingAppeal(long Id, string AskedBy, string Reason, bool? Upheld, string? DecidedBy, string? Answer)
{
    /// <summary>As colleagues call them.</summary>
    public string AskedByName { get; init; } = AskedBy;

    public string? DecidedByName { get; init; } = DecidedBy;
}
