using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Privacy;

namespace Bot.Handlers.Privacy;

/// <summary>Signatures in public addresses: nobody can make an address for something else.</summary>
internal static class Signatures
{
    private const int Bytes = 12;

    /// <param name="purpose">What is signed for one is not for another.</param>
    public static async Task<string> SignAsync(this IFieldCiphers ciphers, string purpose, string text, CancellationToken ct) =>
        Base64Url.EncodeToString((await ciphers.GetAsync(ct)).LookUp(purpose, text).AsSpan(0, Bytes));

    public static async Task<bool> IsSignedAsync(this IFieldCiphers ciphers, string purpose, string text, string signature, CancellationToken ct) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(await ciphers.SignAsync(purpose, text, ct)), Encoding.UTF8.GetBytes(signature));
}
