using System.Text;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class CallbackCodecTests
{
    private static readonly string Request = Encoding.UTF8.GetString(Fixture.Bytes("safe-mode-request.xml"));
    private static readonly CallbackQuery SafeQuery =
        new(null, Fixture.Timestamp, Fixture.Nonce, "aes", "443d4adb7de5f3de4d75447bde8749c2383be513");

    [Test]
    public void Answers_the_platforms_first_question_and_no_others()
    {
        var codec = Fixture.Codec(WeChatMode.Safe);
        using var _ = Assert.EnterMultipleScope();
        Assert.That(codec.Verifies(new("c235b0378a5350ad751ad8881030f894774f54a9", "1735689600", "836291047", null, null)), Is.True);
        Assert.That(codec.Verifies(new("c235b0378a5350ad751ad8881030f894774f54a8", "1735689600", "836291047", null, null)), Is.False);
        Assert.That(codec.Verifies(default), Is.False);
        Assert.That(codec.Verifies(Fixture.Clear("1735689000")), Is.False, "ten minutes old");
    }

    [TestCase(WeChatMode.Safe)]
    [TestCase(WeChatMode.Compat)]
    [TestCase(WeChatMode.Plain)]
    public void Opens_an_encrypted_message_in_every_mode(WeChatMode mode)
    {
        Assert.That(Fixture.Codec(mode).Open(SafeQuery, Fixture.Utf8(Request), out var opened), Is.EqualTo(CallbackFault.None));
        using var _ = Assert.EnterMultipleScope();
        Assert.That(((TextMessage)opened.Message).Content, Is.EqualTo("我要办理居住证，需要什么材料？"));
        Assert.That(opened.Envelope, Is.EqualTo(new Envelope(true, DataFormat.Xml, false, Fixture.Nonce)));
    }

    [Test]
    public void Believes_the_encrypted_copy_and_not_the_clear_one()
    {
        var body = Encoding.UTF8.GetString(Fixture.Bytes("compat-mode-request.xml")).Replace("居住证，", "假的，");
        Assert.That(Fixture.Codec(WeChatMode.Compat).Open(SafeQuery, Fixture.Utf8(body), out var opened), Is.EqualTo(CallbackFault.None));
        Assert.That(((TextMessage)opened.Message).Content, Is.EqualTo("我要办理居住证，需要什么材料？"));
    }

    [TestCase(WeChatMode.Safe, CallbackFault.NotEncrypted)]
    [TestCase(WeChatMode.Compat, CallbackFault.None)]
    [TestCase(WeChatMode.Plain, CallbackFault.None)]
    public void Takes_a_clear_message_only_where_the_settings_say_so(WeChatMode mode, CallbackFault expected)
    {
        var fault = Fixture.Codec(mode).Open(Fixture.Clear() with { EncryptType = "raw" }, Fixture.Bytes("msg-text.xml"), out var opened);
        Assert.That(fault, Is.EqualTo(expected));
        Assert.That(opened.Envelope.Encrypted, Is.False);
    }

    [Test]
    public void Refuses_a_clear_body_that_claims_to_be_encrypted()
    {
        var query = Fixture.Clear() with { EncryptType = "aes", MsgSignature = Fixture.Sign(Fixture.Timestamp, Fixture.Nonce, "") };
        Assert.That(Fixture.Codec(WeChatMode.Safe).Open(query, Fixture.Bytes("msg-text.xml"), out _), Is.EqualTo(CallbackFault.NotEncrypted));
        Assert.That(
            Fixture.Codec(WeChatMode.Safe).Open(query with { Signature = null }, Fixture.Bytes("msg-text.xml"), out _),
            Is.EqualTo(CallbackFault.BadSignature));
    }

    [Test]
    public void Reads_the_clear_copy_when_a_plain_account_has_no_key()
    {
        var codec = Fixture.Codec(WeChatMode.Plain, o => o.EncodingAESKey = "");
        var query = Fixture.Clear() with { EncryptType = "aes" };
        Assert.That(codec.Open(query, Fixture.Bytes("compat-mode-request.xml"), out var opened), Is.EqualTo(CallbackFault.None));
        Assert.That(opened.Envelope.Encrypted, Is.False);
    }

    [TestCaseSource(typeof(Vector), nameof(Vector.Encrypted))]
    public void Opens_published_requests(object of)
    {
        var vector = (Vector)of;
        var codec = new CallbackCodec(
            new WeChatOptions { AppId = vector.AppId, Token = vector.Token, EncodingAESKey = vector.EncodingAesKey, TimestampWindow = TimeSpan.Zero },
            Fixture.Clock());
        var query = new CallbackQuery(null, vector.Timestamp, vector.Nonce, "aes", vector.MsgSignature);
        var fault = codec.Open(query, Fixture.Utf8(vector.Body ?? Fixture.SafeBody(vector.Ciphertext)), out var opened);
        if (vector.Kind == "request")
        {
            Assert.That(fault, Is.EqualTo(CallbackFault.None));
            Assert.That(opened.Message.From.Value, Is.Not.Empty);
        }
        else
        {
            Assert.That(fault, Is.EqualTo(CallbackFault.Malformed), "a reply is no message");
        }
    }

    [Test]
    public void Reads_json_in_json()
    {
        var encrypt = Fixture.Encrypt(Encoding.UTF8.GetString(Fixture.Bytes("msg-text-json-format.json")));
        var body = Fixture.Utf8($$"""{"ToUserName":"gh_0123456789ab","Encrypt":"{{encrypt.Replace("/", "\\/")}}"}""");
        Assert.That(Fixture.Codec(WeChatMode.Safe).Open(Fixture.Encrypted(encrypt), body, out var opened), Is.EqualTo(CallbackFault.None));
        Assert.That(opened.Envelope.Format, Is.EqualTo(DataFormat.Json));
    }

    [TestCase("1735689301", CallbackFault.None)]
    [TestCase("1735689901", CallbackFault.None)]
    [TestCase("1735689300", CallbackFault.StaleTimestamp)]
    [TestCase("1735689902", CallbackFault.StaleTimestamp)]
    [TestCase("-1735689601", CallbackFault.StaleTimestamp)]
    [TestCase("soon", CallbackFault.StaleTimestamp)]
    [TestCase("9223372036854775807", CallbackFault.StaleTimestamp)]
    [TestCase("99999999999999999999", CallbackFault.StaleTimestamp)]
    public void Believes_a_timestamp_within_five_minutes(string timestamp, CallbackFault expected)
    {
        var encrypt = Fixture.Encrypt(Fixture.TextXml());
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Fixture.Codec(WeChatMode.Plain).Open(Fixture.Clear(timestamp), Fixture.Bytes("msg-text.xml"), out var _), Is.EqualTo(expected));
        Assert.That(
            Fixture.Codec(WeChatMode.Safe).Open(Fixture.Encrypted(encrypt, timestamp), Fixture.Utf8(Fixture.SafeBody(encrypt)), out var _),
            Is.EqualTo(expected));
    }

    [Test]
    public void Believes_any_timestamp_when_the_check_is_off() =>
        Assert.That(
            Fixture.Codec(WeChatMode.Plain, o => o.TimestampWindow = TimeSpan.Zero).Open(Fixture.Clear("1"), Fixture.Bytes("msg-text.xml"), out _),
            Is.EqualTo(CallbackFault.None));

    [Test]
    public void Opens_and_answers_with_the_previous_key()
    {
        var codec = Fixture.Codec(WeChatMode.Safe, o => o.PreviousEncodingAESKey = Fixture.OtherKey);
        var encrypt = Fixture.Encrypt(Fixture.TextXml(), Fixture.OtherKey);
        Assert.That(codec.Open(Fixture.Encrypted(encrypt), Fixture.Utf8(Fixture.SafeBody(encrypt)), out var opened), Is.EqualTo(CallbackFault.None));
        Assert.That(opened.Envelope.PreviousKey, Is.True);
        Assert.That(SealedReplyTests.Unsealed(codec, opened, "<xml>再见</xml>", Fixture.OtherKey), Is.EqualTo("<xml>再见</xml>"));
    }

    [Test]
    public void Refuses_an_unknown_key_and_another_account()
    {
        var unknown = Fixture.Encrypt(Fixture.TextXml(), Fixture.OtherKey);
        var foreign = Fixture.Encrypt(Fixture.TextXml(), appId: "wx9999999999999999");
        var codec = Fixture.Codec(WeChatMode.Safe);
        using var _ = Assert.EnterMultipleScope();
        Assert.That(codec.Open(Fixture.Encrypted(unknown), Fixture.Utf8(Fixture.SafeBody(unknown)), out var _), Is.EqualTo(CallbackFault.Undecryptable));
        Assert.That(codec.Open(Fixture.Encrypted(foreign), Fixture.Utf8(Fixture.SafeBody(foreign)), out var _), Is.EqualTo(CallbackFault.WrongAccount));
    }

    [Test]
    public void Refuses_to_start_with_an_open_door()
    {
        Assert.That(() => Fixture.Codec(WeChatMode.Plain, o => o.Token = ""), Throws.ArgumentException);
        Assert.That(() => Fixture.Codec(WeChatMode.Safe, o => o.EncodingAESKey = ""), Throws.ArgumentException);
    }

    [TestCase(CallbackFault.Malformed, 400)]
    [TestCase(CallbackFault.NoSender, 400)]
    [TestCase(CallbackFault.BadSignature, 403)]
    [TestCase(CallbackFault.StaleTimestamp, 403)]
    [TestCase(CallbackFault.WrongAccount, 403)]
    [TestCase(CallbackFault.Undecryptable, 403)]
    [TestCase(CallbackFault.NotEncrypted, 403)]
    public void Says_how_to_refuse(CallbackFault fault, int status) => Assert.That(fault.Status, Is.EqualTo(status));
}
