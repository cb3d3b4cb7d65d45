namespace Bot.WeChat;

/// <summary>What the platform puts into a callback's address; each part exactly as decoded from the query, null when absent.</summary>
/// <param name="Timestamp">Seconds since 1970-01-01 UTC, as text: it is signed as text.</param>
/// <param name="EncryptType"><c>aes</c>, <c>raw</c> or absent.</param>
/// <param name="MsgSignature">Covers the encrypted body; <paramref name="Signature"/> covers no body.</param>
/// <remarks>Source: WeChat Official Accounts documentation, “消息推送” and “消息加解密说明”.</remarks>
public readonly record struct CallbackQuery(
    string? Signature, string? Timestamp, string? Nonce, string? EncryptType, string? MsgSignature)
{
    internal bool Encrypted => string.Equals(EncryptType, "aes", StringComparison.OrdinalIgnoreCase);
}
