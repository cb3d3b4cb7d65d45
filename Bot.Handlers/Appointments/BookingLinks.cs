using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Privacy;
using Bot.Handlers.Desk;

namespace Bot.Handlers.Appointments;

/// <summary>Signed addresses of tickets: they hold the public number and nothing about the person, and nobody can make one for another number.</summary>
public sealed class BookingLinks(IFieldCiphers ciphers, AccountProfile account)
{
    private const int SignatureBytes = 12;

    /// <returns>Empty when there is no public address.</returns>
    public async Task<string> ForAsync(string number, CancellationToken ct) =>
        account.PublicBaseUrl.Length == 0 ? "" : $"{account.PublicBaseUrl}/b/{number}/{await SignAsync(number, ct)}";

    public async Task<bool> IsRightAsync(string number, string signature, CancellationToken ct) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(await SignAsync(number, ct)), Encoding.UTF8.GetBytes(signature));

    private async Task<string> SignAsync(string number, CancellationToken ct) =>
        Base64Url.EncodeToString((await ciphers.GetAsync(ct)).LookUp("booking.link", number).AsSpan(0, SignatureBytes));
}
