using Bot.WeChat;

namespace Bot.Data.Cases;

/// <summary>Half-filled forms, one a citizen, kept beside the session for seven days: they survive a timeout and the loss of Redis.</summary>
public interface ICaseDrafts
{
    /// <param name="form">The form's answers as text; kept sealed.</param>
    Task KeepAsync(OpenId citizen, Guid run, string form, CancellationToken ct);

    /// <returns>Null for none, or one older than seven days.</returns>
    Task<CaseDraft?> FindAsync(OpenId citizen, CancellationToken ct);

    Task DropAsync(OpenId citizen, CancellationToken ct);

    /// <summary>Forgets what is older than seven days, and photos that came to nothing.</summary>
    Task ForgetAsync(CancellationToken ct);
}

public sealed record CaseDraft(Guid Run, string Form, DateTimeOffset KeptAt);
