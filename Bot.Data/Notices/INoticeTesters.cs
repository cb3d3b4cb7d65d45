using Bot.WeChat;

namespace Bot.Data.Notices;

/// <summary>The WeChat of clerks, whom they send tests to.</summary>
public interface INoticeTesters
{
    Task<OpenId?> OfAsync(long staff, CancellationToken ct);

    /// <summary>Of clerks whose accounts are in use.</summary>
    Task<IReadOnlyList<OpenId>> AllAsync(CancellationToken ct);

    /// <summary>A code that binds the WeChat that sends it to the account; a new one ends the one before.</summary>
    /// <returns>8 digits, good for <see cref="CodeGood"/>.</returns>
    Task<string> NewCodeAsync(long staff, CancellationToken ct);

    /// <returns>The clerk's name; null for a code that is wrong, used or too old.</returns>
    Task<string?> BindAsync(string code, OpenId openId, CancellationToken ct);

    Task UnbindAsync(long staff, CancellationToken ct);

    static readonly TimeSpan CodeGood = TimeSpan.FromMinutes(10);
}
