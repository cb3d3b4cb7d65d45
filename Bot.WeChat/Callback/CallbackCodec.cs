using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bot.WeChat;

/// <summary>The account's callback protocol: who may speak, what was said, and how the answer goes back. One per account, for any thread.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “接入指南”, “接收普通消息”, “消息加解密说明”.</remarks>
public sealed class CallbackCodec
{
    private readonly TimeProvider clock;
    private readonly WeChatMode mode;
    private readonly TimeSpan window;
    private readonly byte[] token;
    private readonly MessageCipher? current;
    private readonly MessageCipher? previous;
    private string account = "";

    /// <exception cref="ArgumentException">
    /// The token is empty, so that every caller would pass; or a mode that encrypts has no key.
    /// </exception>
    public CallbackCodec(WeChatOptions options, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Token);
        if (options.Mode != WeChatMode.Plain)
            ArgumentException.ThrowIfNullOrEmpty(options.EncodingAESKey);
        this.clock = clock;
        mode = options.Mode;
        window = options.TimestampWindow;
        token = Encoding.UTF8.GetBytes(options.Token);
        var appId = Encoding.UTF8.GetBytes(options.AppId);
        current = options.EncodingAESKey.Length > 0 ? new MessageCipher(options.EncodingAESKey, appId) : null;
        previous = options.PreviousEncodingAESKey.Length > 0 ? new MessageCipher(options.PreviousEncodingAESKey, appId) : null;
    }

    /// <summary>The whole answer when there is nothing to say; clear in every mode.</summary>
    public static ReadOnlySpan<byte> Success => "success"u8;

    /// <summary>Whether the platform asks, with GET, if this address is ours: then answer the echostr, and nothing but it.</summary>
    public bool Verifies(in CallbackQuery query) => CheckClear(query) == CallbackFault.None;

    /// <summary>Verifies, decrypts and parses the body of a POST. Never throws, whatever the bytes.</summary>
    public CallbackFault Open(in CallbackQuery query, ReadOnlySpan<byte> body, out Opened opened)
    {
        opened = default;
        if (query.Encrypted && current is not null)
            return OpenEncrypted(query, body, out opened);

        // What the address alone can prove comes first: strangers learn nothing about the body.
        if (CheckClear(query) is not CallbackFault.None and var fault)
            return fault;
        if (mode == WeChatMode.Safe)
            return CallbackFault.NotEncrypted;
        fault = Read(body, out var message, out var format);
        if (fault == CallbackFault.None)
            opened = new Opened(message!, new Envelope(false, format, false, query.Nonce!));
        return fault;
    }

    /// <summary>Writes the reply as it is kept: not encrypted, addressed back to the sender, dated now; <see cref="Success"/> for silence.</summary>
    public void WriteReply(Inbound message, Reply reply, DataFormat format, IBufferWriter<byte> output) =>
        ReplyMapping.Write(message, reply, format, clock.GetUtcNow().ToUnixTimeSeconds(), output);

    /// <summary>The same, dated as the caller says.</summary>
    /// <param name="time">Seconds since 1970-01-01 UTC.</param>
    public static void WriteReply(Inbound message, Reply reply, DataFormat format, long time, IBufferWriter<byte> output) =>
        ReplyMapping.Write(message, reply, format, time, output);

    /// <summary>Sends a written reply back as its message came: encrypted anew with the key that opened it, or as it is.</summary>
    public void Seal(ReadOnlySpan<byte> plainReply, in Envelope envelope, IBufferWriter<byte> output)
    {
        var cipher = envelope.PreviousKey ? previous : current;
        if (!envelope.Encrypted || cipher is null || plainReply.IsEmpty || plainReply.SequenceEqual(Success))
            output.Write(plainReply);
        else
            SealedReply.Write(cipher, token, plainReply, envelope, clock.GetUtcNow().ToUnixTimeSeconds(), output);
    }

    private CallbackFault OpenEncrypted(in CallbackQuery query, ReadOnlySpan<byte> body, out Opened opened)
    {
        opened = default;
        var fields = new FieldTable(Fields.Body(body), stackalloc Field[FieldTable.Usual]);
        try
        {
            // Only the Encrypt text is taken from here; a clear copy beside it (compat mode) is signed by nobody.
            var fault = Fields.Read(ref fields, out var format) ? CallbackFault.NotEncrypted : CallbackFault.Malformed;
            var encrypt = fault == CallbackFault.Malformed ? default : fields.Bytes("Encrypt"u8);
            if (encrypt.IsEmpty)
                return CheckClear(query) is not CallbackFault.None and var stranger ? stranger : fault;
            if (!Signature.Matches(query.MsgSignature, token, query.Timestamp, query.Nonce, encrypt))
                return CallbackFault.BadSignature;
            return IsStale(query.Timestamp) ? CallbackFault.StaleTimestamp : Decrypt(encrypt, format, query.Nonce!, out opened);
        }
        finally
        {
            fields.Dispose();
        }
    }

    private CallbackFault Decrypt(ReadOnlySpan<byte> encrypt, DataFormat format, string nonce, out Opened opened)
    {
        opened = default;
        var buffer = ArrayPool<byte>.Shared.Rent(encrypt.Length);
        try
        {
            var fault = current!.Decrypt(encrypt, buffer, out var text);
            var older = fault != CallbackFault.None
                && previous is not null
                && previous.Decrypt(encrypt, buffer, out text) == CallbackFault.None;
            if (fault != CallbackFault.None && !older)
                return fault;
            fault = Read(buffer.AsSpan(text), out var message, out _);
            if (fault == CallbackFault.None)
                opened = new Opened(message!, new Envelope(true, format, older, nonce));
            return fault;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private CallbackFault CheckClear(in CallbackQuery query) =>
        !Signature.Matches(query.Signature, token, query.Timestamp, query.Nonce) ? CallbackFault.BadSignature
        : IsStale(query.Timestamp) ? CallbackFault.StaleTimestamp
        : CallbackFault.None;

    private bool IsStale(string? timestamp)
    {
        if (window <= TimeSpan.Zero)
            return false;
        return !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > window.TotalSeconds;
    }

    private CallbackFault Read(ReadOnlySpan<byte> text, out Inbound? message, out DataFormat format)
    {
        message = null;
        var fields = new FieldTable(Fields.Body(text), stackalloc Field[FieldTable.Usual]);
        try
        {
            if (!Fields.Read(ref fields, out format))
                return CallbackFault.Malformed;
            var fault = InboundMapping.Map(fields, account, out message);
            if (message is not null)
                account = message.Account;
            return fault;
        }
        finally
        {
            fields.Dispose();
        }
    }
}
