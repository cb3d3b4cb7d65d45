using Bot.Data.Appointments;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>The booking form so far.</summary>
public sealed record BookingDraft
{
    public OpenId Citizen { get; init; }
    public Guid Run { get; init; }

    /// <summary>Where the citizen is; null when nobody said.</summary>
    public (double Latitude, double Longitude)? Near { get; init; }

    public string Service { get; init; } = "";
    public string Branch { get; init; } = "";
    public DateOnly Day { get; init; }

    /// <summary>Only that half of the day is shown.</summary>
    public bool? Afternoon { get; init; }

    public Place? Place { get; init; }

    /// <summary>The slot is full: wait for it.</summary>
    public bool Waits { get; init; }

    /// <summary>The remembered visitor; null for one to be filled in.</summary>
    public Guid? Known { get; init; }

    public bool Family { get; init; }
    public string Name { get; init; } = "";
    public string IdNumber { get; init; } = "";
    public string Phone { get; init; } = "";
    public bool Remember { get; init; }
}
