using System.Security.Cryptography;
using System.Text;
using Bot.Data.Privacy;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <summary>What a form owes a citizen who says who they are: it tells once why it asks, notes that they went on, and keeps the answers sealed.</summary>
public sealed class PersonalAnswers(IFieldCiphers ciphers, IPrivacyConsents consents)
{
    private const int VersionLength = 16;

    internal SealedAnswers Sealed { get; } = new(ciphers);

    /// <returns>Whether the citizen has not gone on after these very words yet.</returns>
    internal async Task<bool> MustTellAsync(OpenId citizen, string form, Text notice, CancellationToken ct) =>
        !await consents.HasAsync(citizen, form, VersionOf(notice), ct);

    internal Task AgreeAsync(OpenId citizen, string form, Text notice, CancellationToken ct) => consents.GiveAsync(citizen, form, VersionOf(notice), ct);

    // The words' digest: whoever changes them has everybody told anew.
    private static string VersionOf(Text notice) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Say())))[..VersionLength];
}
