using System.ComponentModel.DataAnnotations;

namespace Bot.Handlers.Publishing;

/// <summary><c>Publishing:…</c></summary>
public sealed class PublishingOptions
{
    /// <summary>Mass messages that a follower of a service account may receive in a calendar month.</summary>
    [Range(1, 100)]
    public int MassPerMonth { get; set; } = 4;

    /// <summary>Mass messages to all followers that the platform takes on a day.</summary>
    [Range(1, 10)]
    public int MassToAllPerDay { get; set; } = 1;

    /// <summary>How many days before an article ceases to hold the editors are told.</summary>
    [Range(1, 365)]
    public int LapseWarningDays { get; set; } = 30;
}
