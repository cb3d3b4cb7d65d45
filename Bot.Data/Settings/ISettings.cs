using Bot.Data.Staff;

namespace Bot.Data.Settings;

/// <summary>What staff set while the hosts run.</summary>
public interface ISettings
{
    /// <returns>What differs from the configuration.</returns>
    Task<IReadOnlyList<StoredSetting>> AllAsync(CancellationToken ct);

    /// <summary>Every host reads it anew.</summary>
    /// <param name="was">What the actor saw; null: the configuration's value.</param>
    /// <param name="value">Null: back to the configuration's.</param>
    /// <returns>False when somebody else was quicker.</returns>
    Task<bool> SaveAsync(string key, int? was, int? value, StaffMember by, CancellationToken ct);
}

/// <param name="Key">As in the configuration, such as <c>Cases:ReopenDays</c>.</param>
/// <param name="ChangedBy">A display name.</param>
public sealed record StoredSetting(string Key, int Value, string ChangedBy, DateTimeOffset ChangedAt);
