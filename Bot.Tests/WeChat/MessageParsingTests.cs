using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class MessageParsingTests
{
    [TestCaseSource(nameof(EveryPush))]
    public void Reads_what_every_push_carries(string name)
    {
        Assert.That(Fixture.Open(Fixture.Bytes(name), out var message), Is.EqualTo(CallbackFault.None));
        using var _ = Assert.EnterMultipleScope();
        Assert.That(message.Account, Is.EqualTo(Fixture.Account));
        Assert.That(message.From.Value, Does.StartWith("oGov0Test0"));
        Assert.That(message.CreateTime, Is.InRange(1735689600, 1735689800));
        Assert.That(message is UnknownEvent or UnknownMessage, Is.EqualTo(name == "event-unknown.xml"));
        Assert.That(message is Event, Is.EqualTo(name.StartsWith("event-", StringComparison.Ordinal)));
    }

    [TestCase("msg-text.xml")]
    [TestCase("msg-text-json-format.json")]
    public void Reads_a_text(string name)
    {
        var message = Fixture.Opened<TextMessage>(name);
        using var _ = Assert.EnterMultipleScope();
        Assert.That(message.From.Value, Is.EqualTo(Fixture.Citizen));
        Assert.That(message.CreateTime, Is.EqualTo(1735689600));
        Assert.That(message.Content, Is.EqualTo("我要办理居住证，需要什么材料？"));
        Assert.That(message.MsgId, Is.EqualTo(24876543210987654));
        Assert.That(message.DedupeKey, Is.EqualTo("24876543210987654"));
        Assert.That(message.ArticleId, Is.Null);
        Assert.That(message.MenuItemId, Is.Null);
    }

    [TestCase("msg-text-cdata-edge.xml", "a<b & c ]]> 第二行\n换行")]
    [TestCase("msg-text-emoji.xml", "谢谢😀👍 /:rose [微笑]")]
    [TestCase("msg-text-unsupported-sticker.xml", "【收到不支持的消息类型，暂无法显示】")]
    public void Reads_the_text_exactly(string name, string content) =>
        Assert.That(Fixture.Opened<TextMessage>(name).Content, Is.EqualTo(content));

    [Test]
    public void Reads_a_text_written_from_an_article()
    {
        var message = Fixture.Opened<TextMessage>("msg-text-from-article.xml");
        Assert.That((message.ArticleId, message.ArticleIndex), Is.EqualTo(("2247503051", 2)));
    }

    [Test]
    public void Reads_a_tap_on_a_menu_message() =>
        Assert.That(Fixture.Opened<TextMessage>("msg-text-menu-reply.xml").MenuItemId, Is.EqualTo("101"));

    [Test]
    public void Reads_an_image()
    {
        var message = Fixture.Opened<ImageMessage>("msg-image.xml");
        Assert.That((message.MediaId, message.PicUrl), Is.EqualTo(("media_img_0001", "http://mmbiz.qpic.cn/mmbiz_jpg/EXAMPLE/0")));
    }

    [Test]
    public void Reads_a_voice()
    {
        var plain = Fixture.Opened<VoiceMessage>("msg-voice.xml");
        var heard = Fixture.Opened<VoiceMessage>("msg-voice-recognition.xml");
        using var _ = Assert.EnterMultipleScope();
        Assert.That((plain.MediaId, plain.Format, plain.Recognition, plain.MediaId16K), Is.EqualTo(("media_voice_0001", "amr", (string?)null, (string?)null)));
        Assert.That((heard.Recognition, heard.MediaId16K), Is.EqualTo(("我想预约办理身份证。", "media_voice_0002_16k")));
    }

    [TestCase("msg-video.xml", "media_video_0001", "media_thumb_0001", false)]
    [TestCase("msg-shortvideo.xml", "media_video_0002", "media_thumb_0002", true)]
    public void Reads_a_video(string name, string media, string thumb, bool brief)
    {
        var message = Fixture.Opened<VideoMessage>(name);
        Assert.That((message.MediaId, message.ThumbMediaId, message.Short), Is.EqualTo((media, thumb, brief)));
    }

    [Test]
    public void Reads_a_place_with_latitude_first()
    {
        var message = Fixture.Opened<LocationMessage>("msg-location.xml");
        Assert.That(
            (message.Latitude, message.Longitude, message.Scale, message.Label), Is.EqualTo((23.134521, 113.358803, 20, "广东省广州市天河区某路1号")));
    }

    [Test]
    public void Reads_a_link()
    {
        var message = Fixture.Opened<LinkMessage>("msg-link.xml");
        Assert.That((message.Url, message.Title, message.Description), Is.EqualTo(("https://www.example.gov.cn/jzz", "居住证办理指南", "材料清单与流程")));
    }

    [Test]
    public void Reads_a_file()
    {
        var message = Fixture.Opened<FileMessage>("msg-file-undocumented.xml");
        Assert.That(
            (message.Title, message.Description, message.FileKey, message.FileMd5, message.TotalLength),
            Is.EqualTo(("申请表.pdf", "", "BAAAAEXAMPLEKEY", "0123456789abcdef0123456789abcdef", 20480L)));
    }

    [Test]
    public void Keeps_a_message_of_an_unknown_type_whole()
    {
        var body = Fixture.TextXml().Replace("[text]", "[hologram]").Replace("<Content>", "<Info><Name>甲</Name><Name>乙</Name></Info><Empty/><Content>");
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(CallbackFault.None));
        var unknown = (UnknownMessage)message;
        using var _ = Assert.EnterMultipleScope();
        Assert.That(unknown.MsgType, Is.EqualTo("hologram"));
        Assert.That(unknown.Kind, Is.EqualTo("unknown"));
        Assert.That(unknown.Fields["Info/Name"], Is.EqualTo("甲"));
        Assert.That(unknown.Fields["Info/Name[2]"], Is.EqualTo("乙"));
        Assert.That(unknown.Fields["Empty"], Is.Empty);
        Assert.That(unknown.Fields["Content"], Is.EqualTo("你好"));
        Assert.That(unknown.Fields, Does.Not.ContainKey("Info"));
    }

    private static IEnumerable<string> EveryPush() => Fixture.Names("msg-*", "event-*");
}
