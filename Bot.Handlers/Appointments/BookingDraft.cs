using Bot.Data.Appointments;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>The booking form so far.</summary>
public sealed record BookingDraft : PlaceDraft
{
    public OpenId Citizen { get; init; }

    /// <summary>Where the citizen is; null when nobody said.</summary>
    public (double Latitude, double Longitude)? Near { get; init; }

    public string Service { get; init; } = "";
    public string Branch { get; init; } = "";

    /// <summary>Of a place for people with priority.</summary>
    public PriorityClaim Claim { get; init; }

    /// <summary>The remembered visitor; null for one to be filled in.</summary>
    public Guid? Known { get; init; }

    public bool Family { get; init; }
    public string Name { get; init; } = "";
    public string IdNumber { get; init; } = "";
    public string Phone { get; init; } = "";
    public bool Remember { get; init; }
}
