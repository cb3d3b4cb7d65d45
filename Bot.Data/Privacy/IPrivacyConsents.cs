using Bot.WeChat;

namespace Bot.Data.Privacy;

/// <summary>Which version of the privacy notice a citizen agreed to.</summary>
public interface IPrivacyConsents
{
    /// <param name="purpose">What for, such as <c>booking</c>.</param>
    /// <param name="version">At most 40 characters; another one is another notice, to be agreed to anew.</param>
    Task<bool> HasAsync(OpenId citizen, string purpose, string version, CancellationToken ct);

    /// <summary>Repeatable.</summary>
    Task GiveAsync(OpenId citizen, string purpose, string version, CancellationToken ct);
}
