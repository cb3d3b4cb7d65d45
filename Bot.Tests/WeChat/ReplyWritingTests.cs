using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class ReplyWritingTests
{
    private static readonly Article Article =
        new("居住证办理指南", "材料清单与流程", "https://www.example.gov.cn/p.jpg", "https://www.example.gov.cn/jzz");

    private static readonly Inbound Text = Fixture.Opened<TextMessage>("msg-text.xml");
    private static readonly Inbound Tap = Fixture.Opened<ClickEvent>("event-click.xml");

    private static IEnumerable<TestCaseData<string, Reply>> Replies()
    {
        yield return new("reply-image.xml", new Reply.Image("media_img_0001"));
        yield return new("reply-voice.xml", new Reply.Voice("media_voice_0001"));
        yield return new("reply-video.xml", new Reply.Video("media_video_0001", "办事流程演示", "两分钟看懂"));
        yield return new("reply-music.xml", new Reply.Music(
            "media_thumb_0001", "政务播报", "今日播报", "https://www.example.gov.cn/a.mp3", "https://www.example.gov.cn/a-hq.mp3"));
        yield return new("reply-news.xml", new Reply.News([Article]));
        yield return new("reply-transfer-kf.xml", new Reply.ToHuman());
        yield return new("reply-transfer-kf-account.xml", new Reply.ToHuman("window03@gov_demo"));
        foreach (var name in Fixture.Names("reply-text*.xml"))
            yield return new(name, Reply.Say(XElement.Parse(Encoding.UTF8.GetString(Fixture.Bytes(name))).Element("Content")!.Value));
    }

    [TestCaseSource(nameof(Replies))]
    public void Writes_what_the_samples_show(string name, Reply reply)
    {
        var sample = XElement.Parse(Encoding.UTF8.GetString(Fixture.Bytes(name)));
        var written = XElement.Parse(Written(reply, at: 1735689602));
        Assert.That(written.ToString(SaveOptions.DisableFormatting), Is.EqualTo(sample.ToString(SaveOptions.DisableFormatting)));
    }

    [TestCaseSource(nameof(Replies))]
    public void Writes_the_same_in_json(string name, Reply reply)
    {
        var sample = XElement.Parse(Encoding.UTF8.GetString(Fixture.Bytes(name)));
        var written = JsonDocument.Parse(Written(reply, DataFormat.Json, at: 1735689602)).RootElement;
        var leaves = Leaves(written).ToList();
        Assert.That(leaves, Is.EqualTo(sample.Descendants().Where(e => !e.HasElements).Select(e => (e.Name.LocalName, e.Value))));
    }

    [Test]
    public void Says_nothing_with_success()
    {
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Written(Reply.Silence), Is.EqualTo("success"));
        Assert.That(Written(Reply.Silence, DataFormat.Json), Is.EqualTo("success"));
        Assert.That(Written(Reply.Say(" \n")), Is.EqualTo("success"), "the platform apologises for an empty text");
        Assert.That(Written(Reply.Say("\u0001 \uD83D")), Is.EqualTo("success"), "empty once the forbidden is left out");
        Assert.That(Written(new Reply.News([])), Is.EqualTo("success"));
    }

    [Test]
    public void Sends_one_article_to_a_message_and_eight_to_an_event()
    {
        var news = new Reply.News([.. Enumerable.Range(1, 10).Select(i => Article with { Title = i.ToString(CultureInfo.InvariantCulture) })]);
        var answer = XElement.Parse(Written(news));
        var welcome = XElement.Parse(Written(news, to: Tap));
        using var _ = Assert.EnterMultipleScope();
        Assert.That(answer.Element("ArticleCount")!.Value, Is.EqualTo("1"));
        Assert.That(answer.Descendants("Title").Select(t => t.Value), Is.EqualTo(["1"]));
        Assert.That(welcome.Element("ArticleCount")!.Value, Is.EqualTo("8"));
        Assert.That(welcome.Descendants("Title").Select(t => t.Value), Is.EqualTo(["1", "2", "3", "4", "5", "6", "7", "8"]));
    }

    [TestCase("a]]>b")]
    [TestCase("]]>]]>]]>")]
    [TestCase("]]]]>>")]
    [TestCase("x]")]
    [TestCase("]]")]
    [TestCase("a<b & \"c\" 'd' \\ /")]
    [TestCase("第一行\n第二行\r\n\t缩进")]
    [TestCase("👨‍👩‍👧‍👦😀🏳️‍🌈")]
    public void Carries_any_text(string text)
    {
        using var _ = Assert.EnterMultipleScope();
        Assert.That(XElement.Parse(Written(Reply.Say(text)), LoadOptions.PreserveWhitespace).Element("Content")!.Value, Is.EqualTo(text.ReplaceLineEndings("\n")));
        Assert.That(JsonDocument.Parse(Written(Reply.Say(text), DataFormat.Json)).RootElement.GetProperty("Content").GetString(), Is.EqualTo(text));
    }

    // Not attributes: those cannot hold half a surrogate pair.
    private static IEnumerable<string[]> Uncarried() =>
    [
        ["a\u0000b\u0008\u000B\u000C\u001Fc", "abc"],
        ["a\uD83Db", "ab"],
        ["a\uDE00", "a"],
        ["\uFFFEa\uFFFF", "a"],
        ["]\u0001]\uD83D>b", "]]>b"],
    ];

    [TestCaseSource(nameof(Uncarried))]
    public void Leaves_out_what_xml_cannot_carry(string text, string carried)
    {
        using var _ = Assert.EnterMultipleScope();
        Assert.That(XElement.Parse(Written(Reply.Say(text))).Element("Content")!.Value, Is.EqualTo(carried));
        Assert.That(JsonDocument.Parse(Written(Reply.Say(text), DataFormat.Json)).RootElement.GetProperty("Content").GetString(), Is.EqualTo(carried));
    }

    [Test]
    public void Writes_json_without_escapes_that_citizens_would_see()
    {
        var written = Written(Reply.Say("您好😀“<a>”&'\u007f"), DataFormat.Json);
        using var _ = Assert.EnterMultipleScope();
        Assert.That(written, Does.Contain("您好😀“<a>”&'"));
        Assert.That(written, Does.Not.Contain("\\u"));
    }

    [Test]
    public void Cuts_a_long_text()
    {
        var content = XElement.Parse(Written(Reply.Say(new string('政', 5000)))).Element("Content")!.Value;
        Assert.That(content, Is.EqualTo(new string('政', Reply.MaxTextBytes / 3)));
    }

    [TestCase("o/../}{\"'<>&]]>")]
    [TestCase(" o 1 ")]
    [TestCase("用户😀")]
    public void Addresses_whoever_wrote(string openId)
    {
        var to = (TextMessage)Text with { From = new OpenId(openId) };
        using var _ = Assert.EnterMultipleScope();
        Assert.That(XElement.Parse(Written(Reply.Say("好"), to: to)).Element("ToUserName")!.Value, Is.EqualTo(openId));
        Assert.That(JsonDocument.Parse(Written(Reply.Say("好"), DataFormat.Json, to)).RootElement.GetProperty("ToUserName").GetString(), Is.EqualTo(openId));
    }

    [Test]
    public void Writes_into_a_buffer_of_small_pieces()
    {
        var pipe = new System.IO.Pipelines.Pipe(new(minimumSegmentSize: 16));
        var reply = Reply.Say(string.Concat(Enumerable.Repeat("好]]>😀", 200)));
        Fixture.Codec(WeChatMode.Plain).WriteReply(Text, reply, DataFormat.Xml, pipe.Writer);
        pipe.Writer.Complete();
        pipe.Reader.TryRead(out var read);
        Assert.That(Encoding.UTF8.GetString(read.Buffer), Is.EqualTo(Written(reply)));
    }

    private static string Written(Reply reply, DataFormat format = DataFormat.Xml, Inbound? to = null, long at = 1735689601)
    {
        var clock = Fixture.Clock();
        clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(at));
        var output = new ArrayBufferWriter<byte>();
        var options = new WeChatOptions { AppId = Fixture.AppId, Token = Fixture.Token, Mode = WeChatMode.Plain };
        new CallbackCodec(options, clock).WriteReply(to ?? Text, reply, format, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static IEnumerable<(string Name, string Value)> Leaves(JsonElement element) => element.EnumerateObject().SelectMany(p => p.Value.ValueKind switch
    {
        JsonValueKind.Object => Leaves(p.Value),
        JsonValueKind.Array => p.Value.EnumerateArray().SelectMany(Leaves),
        _ => [(p.Name, p.Value.ToString())],
    });
}
