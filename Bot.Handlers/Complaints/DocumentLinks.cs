using System.Globalization;
using Bot.Data.Privacy;
using Bot.Handlers.Desk;
using Bot.Handlers.Privacy;

namespace Bot.Handlers.Complaints;

/// <summary>Signed addresses of an answer's documents. They hold its public number and when they lapse, and nothing about the person.</summary>
public sealed class DocumentLinks(IFieldCiphers ciphers, AccountProfile account, TimeProvider clock)
{
    private const string Purpose = "case.documents";

    /// <summary>A new one can be had in the chat at any time.</summary>
    private static readonly TimeSpan s_lasts = TimeSpan.FromDays(3);

    /// <returns>The address and until when it holds; null when there is no public address.</returns>
    public async Task<(string Address, DateTimeOffset Until)?> ForAsync(string number, CancellationToken ct)
    {
        if (account.PublicBaseUrl.Length == 0)
            return null;
        var until = clock.GetUtcNow() + s_lasts;
        var seconds = until.ToUnixTimeSeconds();
        var signature = await ciphers.SignAsync(Purpose, Signed(number, seconds), ct);
        return (string.Create(CultureInfo.InvariantCulture, $"{account.PublicBaseUrl}/answers/{number}/{seconds}/{signature}"), until);
    }

    /// <param name="until">Seconds since 1970-01-01 UTC.</param>
    /// <returns>Null for an address that we did not make.</returns>
    public async Task<DocumentAddress?> ReadAsync(string number, long until, string signature, CancellationToken ct) =>
        !await ciphers.IsSignedAsync(Purpose, Signed(number, until), signature, ct) ? null
            : clock.GetUtcNow().ToUnixTimeSeconds() < until ? DocumentAddress.Good : DocumentAddress.Lapsed;

    private static string Signed(string number, long until) => string.Create(CultureInfo.InvariantCulture, $"{number}|{until}");
}

public enum DocumentAddress { Good, Lapsed }
