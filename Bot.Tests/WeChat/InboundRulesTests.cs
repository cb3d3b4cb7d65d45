using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class InboundRulesTests
{
    [TestCase("<![CDATA[o1]]>", "o1")]
    [TestCase(" \n<![CDATA[o1]]> ", "o1")]
    [TestCase("<![CDATA[ o1 ]]>", " o1 ")]
    [TestCase("<![CDATA[../../o/../x]]>", "../../o/../x")]
    [TestCase("<![CDATA[o}{\"'`$|;%00]]>", "o}{\"'`$|;%00")]
    [TestCase("o&quot;&lt;", "o\"<")]
    [TestCase("<![CDATA[用户😀]]>", "用户😀")]
    public void Keeps_a_sender_exactly(string from, string openId)
    {
        Assert.That(Fixture.Open(Fixture.TextXml(from: from), out var message), Is.EqualTo(CallbackFault.None));
        Assert.That(message.From.Value, Is.EqualTo(openId));
    }

    [TestCase(1, CallbackFault.None)]
    [TestCase(128, CallbackFault.None)]
    [TestCase(129, CallbackFault.NoSender)]
    [TestCase(0, CallbackFault.NoSender)]
    public void Counts_a_senders_characters(int length, CallbackFault expected)
    {
        using var _ = Assert.EnterMultipleScope();
        foreach (var character in new[] { "o", "名", "😀" })
        {
            var from = string.Concat(Enumerable.Repeat(character, length));
            Assert.That(Fixture.Open(Fixture.TextXml(from: from), out var _), Is.EqualTo(expected), character);
        }
    }

    [Test]
    public void Tells_a_missing_sender_from_a_malformed_body()
    {
        var body = Fixture.TextXml();
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Fixture.Open(body.Replace("FromUserName", "From"), out var _), Is.EqualTo(CallbackFault.NoSender));
        Assert.That(Fixture.Open(body.Replace("MsgType", "Type"), out var _), Is.EqualTo(CallbackFault.Malformed));
        Assert.That(Fixture.Open(body.Replace("CreateTime", "Time"), out var _), Is.EqualTo(CallbackFault.Malformed));
        Assert.That(Fixture.Open(body.Replace("MsgId", "Id"), out var _), Is.EqualTo(CallbackFault.Malformed));
        Assert.That(Fixture.Open(body.Replace("MsgId", "MsgID"), out var _), Is.EqualTo(CallbackFault.None));
    }

    [TestCase("9223372036854775807", CallbackFault.None)]
    [TestCase(" <![CDATA[ 12 ]]> ", CallbackFault.None)]
    [TestCase("9223372036854775808", CallbackFault.Malformed)]
    [TestCase("99999999999999999999999999", CallbackFault.Malformed)]
    [TestCase("-1", CallbackFault.Malformed)]
    [TestCase("+1", CallbackFault.Malformed)]
    [TestCase("1.0", CallbackFault.Malformed)]
    [TestCase("1e3", CallbackFault.Malformed)]
    [TestCase("0x10", CallbackFault.Malformed)]
    [TestCase("１２", CallbackFault.Malformed)]
    [TestCase("", CallbackFault.Malformed)]
    public void Takes_only_whole_numbers_for_id_and_time(string number, CallbackFault expected)
    {
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Fixture.Open(Fixture.TextXml(id: number), out var _), Is.EqualTo(expected));
        Assert.That(Fixture.Open(Fixture.TextXml(time: number), out var _), Is.EqualTo(expected));
    }

    [TestCase("91", "181", "99999999999")]
    [TestCase("NaN", "Infinity", "-3")]
    [TestCase("12,5", "", "many")]
    [TestCase("1e999", "-1e999", "1.5")]
    public void Reads_other_numbers_out_of_range_as_none(string latitude, string longitude, string scale)
    {
        var body = Fixture.TextXml().Replace("[text]", "[location]").Replace(
            "<Content>", $"<Location_X>{latitude}</Location_X><Location_Y>{longitude}</Location_Y><Scale>{scale}</Scale><Content>");
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(CallbackFault.None));
        var place = (LocationMessage)message;
        Assert.That((place.Latitude, place.Longitude, place.Scale), Is.EqualTo((0d, 0d, 0)));
    }

    [TestCase("{}", CallbackFault.Malformed)]
    [TestCase("[]", CallbackFault.Malformed)]
    [TestCase("{\"a\":1", CallbackFault.Malformed)]
    [TestCase("{\"a\":1} {}", CallbackFault.Malformed)]
    [TestCase("{/*c*/\"a\":1}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2}", CallbackFault.NoSender)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":null}", CallbackFault.NoSender)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\\ud83d\"}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\\u0000\"}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1e3,\"MsgId\":2,\"FromUserName\":\"o\"}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\"}", CallbackFault.None)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\",\"a\\u0000\":1}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\",\"a\":[1,[2,{\"b\":null}]],\"c\":true}", CallbackFault.None)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\",\"a\":[1,[2,{\"\\u0000\":null}]]}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\",}", CallbackFault.Malformed)]
    [TestCase("{\"MsgType\":\"text\",\"CreateTime\":1,\"MsgId\":2,\"FromUserName\":\"o\"", CallbackFault.Malformed)]
    [TestCase("\uFEFF {\"MsgType\":\"text\",\"CreateTime\":\"1\",\"MsgId\":\"2\",\"FromUserName\":[[\"o\"]]}", CallbackFault.None)]
    public void Judges_json_alike(string body, CallbackFault expected) => Assert.That(Fixture.Open(body, out _), Is.EqualTo(expected));

    [TestCase(FieldTable.MaxName, CallbackFault.None)]
    [TestCase(FieldTable.MaxName + 1, CallbackFault.Malformed)]
    public void Names_in_json_have_a_longest(int length, CallbackFault expected)
    {
        Assert.That(Fixture.Open($$"""{"MsgType":"text","CreateTime":1,"MsgId":2,"FromUserName":"o","{{new string('n', length)}}":1}""", out _), Is.EqualTo(expected), "as it stands");
        Assert.That(Fixture.Open($$"""{"MsgType":"text","CreateTime":1,"MsgId":2,"FromUserName":"o","{{new string('n', length - 1)}}\u006e":1}""", out _), Is.EqualTo(expected), "escaped");
    }

    // The root, the four that a message needs, and so many more.
    [TestCase(FieldTable.MaxCount - 5, CallbackFault.None)]
    [TestCase(FieldTable.MaxCount - 4, CallbackFault.Malformed)]
    public void Json_has_no_more_fields_than_any_message(int count, CallbackFault expected)
    {
        Assert.That(Fixture.Open($$"""{"MsgType":"text","CreateTime":1,"MsgId":2,"FromUserName":"o","a":[{{string.Join(',', Enumerable.Repeat("1", count))}}]}""", out _), Is.EqualTo(expected));
    }

    [TestCase(FieldTable.MaxDepth - 1, CallbackFault.None)]
    [TestCase(FieldTable.MaxDepth, CallbackFault.Malformed)]
    public void Json_is_no_deeper_than_any_message(int depth, CallbackFault expected) =>
        Assert.That(Fixture.Open($$"""{"MsgType":"text","CreateTime":1,"MsgId":2,"FromUserName":"o","a":{{new string('[', depth)}}1{{new string(']', depth)}}}""", out _), Is.EqualTo(expected));

    [Test]
    public void Reads_escapes_of_json()
    {
        const string body = """{"Msg\u0054ype":"text","CreateTime":1,"MsgId":2,"FromUserName":"o\"\\\/","Content":"\u653f\ud83d\ude00\n"}""";
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(CallbackFault.None));
        Assert.That((message.From.Value, ((TextMessage)message).Content), Is.EqualTo(("o\"\\/", "政😀\n")));
    }

    [Test]
    public void Gives_two_messages_of_one_second_different_keys()
    {
        var click = Fixture.Opened<ClickEvent>("event-click.xml");
        Assert.That((click with { EventKey = "OTHER" }).DedupeKey, Is.Not.EqualTo(click.DedupeKey));
        Assert.That(click.DedupeKey, Is.EqualTo("1735689710|CLICK|MENU_APPOINTMENT|"));
    }
}
