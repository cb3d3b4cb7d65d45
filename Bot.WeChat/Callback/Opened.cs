namespace Bot.WeChat;

/// <summary>消息格式 of the account's settings. We answer in the format that we were asked in.</summary>
public enum DataFormat { Xml, Json }

/// <summary>How a message came, so that its reply goes back the same way.</summary>
/// <param name="PreviousKey">The key before the last change opened it: the platform still uses that key.</param>
/// <param name="Nonce">The request's own; put back into an encrypted reply.</param>
public readonly record struct Envelope(bool Encrypted, DataFormat Format, bool PreviousKey, string Nonce);

/// <summary>An accepted callback. Of no use (<see cref="Message"/> is null) when the codec reported a fault.</summary>
public readonly record struct Opened(Inbound Message, Envelope Envelope);
