using System.Collections.Immutable;
using Bot.WeChat;

namespace Bot.Data.Cases;

/// <summary>Half-filled forms, one of each kind a citizen, kept beside the session for seven days: they survive a timeout and the loss of Redis.</summary>
public interface ICaseDrafts
{
    const int KeptDays = 7;

    /// <summary>The forms that are kept, by name.</summary>
    static readonly ImmutableArray<string> Flows = ["case", "information-request"];

    /// <param name="flow">One of <see cref="Flows"/>.</param>
    /// <param name="form">The form's answers as text; kept sealed.</param>
    Task KeepAsync(OpenId citizen, string flow, Guid run, string form, CancellationToken ct);

    /// <returns>Null for none, or one older than seven days.</returns>
    Task<CaseDraft?> FindAsync(OpenId citizen, string flow, CancellationToken ct);

    Task DropAsync(OpenId citizen, string flow, CancellationToken ct);

    /// <summary>Forgets what is older than seven days, photos that came to nothing, and files of cases that no row names.</summary>
    Task ForgetAsync(CancellationToken ct);
}

public sealed record CaseDraft(Guid Run, string Form, DateTimeOffset KeptAt);
