using Bot.Data.Privacy;
using Bot.Handlers.Desk;
using Bot.Handlers.Privacy;

namespace Bot.Handlers.Appointments;

/// <summary>Signed addresses of tickets: they hold the public number and nothing about the person.</summary>
public sealed class BookingLinks(IFieldCiphers ciphers, AccountProfile account)
{
    private const string Purpose = "booking.link";

    /// <returns>Empty when there is no public address.</returns>
    public async Task<string> ForAsync(string number, CancellationToken ct) =>
        account.PublicBaseUrl.Length == 0 ? "" : $"{account.PublicBaseUrl}/b/{number}/{await ciphers.SignAsync(Purpose, number, ct)}";

    public Task<bool> IsRightAsync(string number, string signature, CancellationToken ct) => ciphers.IsSignedAsync(Purpose, number, signature, ct);
}
