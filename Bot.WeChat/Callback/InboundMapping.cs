using System.Text;

namespace Bot.WeChat;

/// <summary>What every push carries.</summary>
internal readonly record struct Head(string Account, OpenId From, long CreateTime);

/// <summary>From fields to the record of a message or an event.</summary>
internal static class InboundMapping
{
    /// <param name="known">The account's name from the last push, given back when it is the same again.</param>
    public static CallbackFault Map(in FieldTable fields, string known, out Inbound? inbound)
    {
        inbound = null;
        var type = Xml.Trim(fields.Bytes("MsgType"u8));
        if (type.IsEmpty || !FieldReading.TryLong(Xml.Trim(fields.Bytes("CreateTime"u8)), out var time))
            return CallbackFault.Malformed;
        var from = fields.Bytes("FromUserName"u8);
        if (!IsOpenId(from))
            return CallbackFault.NoSender;

        var account = fields.Bytes("ToUserName"u8);
        var head = new Head(
            IsSame(account, known) ? known : Encoding.UTF8.GetString(account),
            new OpenId(Encoding.UTF8.GetString(from)),
            time);
        if (Ascii.EqualsIgnoreCase(type, "event"u8))
        {
            inbound = EventMapping.Map(fields, head);
            return CallbackFault.None;
        }

        if (!FieldReading.TryLong(Xml.Trim(fields.BytesAnyCase("MsgId"u8)), out var id))
            return CallbackFault.Malformed;
        inbound = MessageMapping.Map(fields, head, type, id);
        return CallbackFault.None;
    }

    // Characters as people and PostgreSQL count them: an emoji is one.
    private static bool IsOpenId(ReadOnlySpan<byte> value)
    {
        var length = 0;
        foreach (var b in value)
            length += (b & 0xC0) != 0x80 ? 1 : 0;
        return length is > 0 and <= OpenId.MaxLength;
    }

    private static bool IsSame(ReadOnlySpan<byte> bytes, string text) =>
        bytes.Length == text.Length && Ascii.Equals(bytes, text);
}
