using System.Text.Json;

namespace Bot.Tests.WeChat;

/// <summary>A published or computed example of the platform's cryptography.</summary>
internal sealed record Vector(
    string Name, string Token, string EncodingAesKey, string AppId, string Timestamp, string Nonce, string Random16,
    string Plaintext, string Ciphertext, string? Signature, string MsgSignature, string? Kind, string? Body)
{
    private static readonly JsonElement Root = JsonDocument.Parse(Fixture.Bytes("crypto-vectors.json")).RootElement;

    public static IEnumerable<Vector> Encrypted { get; } =
        [.. Root.GetProperty("published").EnumerateArray().Concat(Root.GetProperty("own").EnumerateArray()).Select(Read)];

    public static IEnumerable<string[]> Signed { get; } =
    [
        .. Root.GetProperty("plain_signatures").EnumerateArray()
            .Select(v => new[] { Text(v, "token")!, Text(v, "timestamp")!, Text(v, "nonce")!, Text(v, "signature")! }),
        .. Encrypted.Where(v => v.Signature is not null).Select(v => new[] { v.Token, v.Timestamp, v.Nonce, v.Signature! }),
    ];

    public override string ToString() => Name;

    private static Vector Read(JsonElement v) => new(
        Text(v, "name")!, Text(v, "token")!, Text(v, "encoding_aes_key")!, Text(v, "appid")!, Text(v, "timestamp")!, Text(v, "nonce")!,
        Text(v, "random16")!, Text(v, "plaintext")!, Text(v, "ciphertext")!, Text(v, "signature"), Text(v, "msg_signature")!, Text(v, "kind"), Text(v, "body"));

    private static string? Text(JsonElement v, string name) => v.TryGetProperty(name, out var value) ? value.GetString() : null;
}
