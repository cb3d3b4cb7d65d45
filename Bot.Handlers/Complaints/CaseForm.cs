using System.Collections.Immutable;
using Bot.Data.Cases;

namespace Bot.Handlers.Complaints;

/// <summary>What a citizen has filled in so far.</summary>
public sealed record CaseForm
{
    public string Citizen { get; init; } = "";
    public CaseKind Kind { get; init; }
    public string Category { get; init; } = "";
    public ImmutableArray<string> Answers { get; init; } = [];

    /// <summary>Message by message.</summary>
    public ImmutableArray<string> Story { get; init; } = [];

    public int Photos { get; init; }
    public CasePlace? Place { get; init; }

    /// <summary>Id of somebody else's case to join; 0 for none.</summary>
    public long Joins { get; init; }

    public bool Anonymous { get; init; }

    /// <summary>A report that is filed as nobody's.</summary>
    public bool Sealed { get; init; }

    public string Contact { get; init; } = "";
    public bool Publish { get; init; }

    public int Length => Story.Sum(s => s.Length + 1);
}

/// <summary>Where it is: chosen on the map or typed.</summary>
/// <param name="Latitude">Degrees; null for a typed address.</param>
public sealed record CasePlace(double? Latitude, double? Longitude, string Address);
