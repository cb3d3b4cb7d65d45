using Bot.Handlers.Routing;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Routing;

public sealed class UtteranceTests
{
    [TestCase("帮助", "帮助")]
    [TestCase("幫助", "帮助")]
    [TestCase(" 帮助 ", "帮助")]
    [TestCase("\u3000帮助\u3000", "帮助")]
    [TestCase("帮助。", "帮助")]
    [TestCase("帮助！！！", "帮助")]
    [TestCase("帮助～", "帮助")]
    [TestCase("帮助……", "帮助")]
    [TestCase("帮助？", "帮助")]
    [TestCase("帮助 ？ ", "帮助")]
    [TestCase("帮助。？！", "帮助")]
    [TestCase("帮助\r\n", "帮助")]
    [TestCase("“帮助”", "帮助")]
    [TestCase("\"帮助\"", "帮助")]
    [TestCase("‘下一页’", "下一页")]
    [TestCase("「返回」", "返回")]
    [TestCase("?", "?")]
    [TestCase("？", "?")]
    [TestCase("？？", "?")]
    [TestCase("? ?", "?")]
    [TestCase("ＡＢＣ１２３", "abc123")]
    [TestCase("政策：居住证", "政策:居住证")]
    [TestCase("政策　居住证", "政策 居住证")]
    [TestCase("預約", "预约")]
    [TestCase("我的預約", "我的预约")]
    [TestCase("", "")]
    [TestCase("😀", "😀")]
    public void Spells_alike(string typed, string words) => Assert.That(Utterance.Of(typed).Words, Is.EqualTo(words));

    [TestCase(" 欧阳·修 之子。 ", "欧阳·修 之子。")]
    [TestCase("ＡＢＣ", "ＡＢＣ")]
    [TestCase("“引用”", "“引用”")]
    public void Keeps_an_answer_as_it_was_written(string typed, string raw) => Assert.That(Utterance.Of(typed).Raw, Is.EqualTo(raw));

    [TestCase("。")]
    [TestCase("！！！")]
    [TestCase("“”")]
    [TestCase("......")]
    [TestCase(" \t ")]
    [TestCase("\0")]
    [TestCase("\ud83d")]
    public void Takes_marks_alone_without_complaint(string typed) => Assert.That(() => Utterance.Of(typed), Throws.Nothing);

    [Test]
    public void Looks_at_the_beginning_of_a_very_long_text_only()
    {
        var said = Utterance.Of(new string('长', 20_000));
        Assert.That((said.Raw.Length, said.Words.Length), Is.EqualTo((20_000, 2000)));
    }

    [Test]
    public void Hears_words_in_text_and_in_recognised_speech_only()
    {
        var text = new TextMessage { Account = "gh", From = new("o"), CreateTime = 1, MsgId = 1, Content = "帮助" };
        var voice = new VoiceMessage { Account = "gh", From = new("o"), CreateTime = 1, MsgId = 1, MediaId = "m", Recognition = "帮助。" };
        Assert.That(Utterance.Of(text)?.Words, Is.EqualTo("帮助"));
        Assert.That(Utterance.Of(voice)?.Words, Is.EqualTo("帮助"));
        Assert.That(Utterance.Of(voice with { Recognition = "" }), Is.Null);
        Assert.That(Utterance.Of(voice with { Recognition = null }), Is.Null);
        Assert.That(Utterance.Of(new ImageMessage { Account = "gh", From = new("o"), CreateTime = 1, MsgId = 1, MediaId = "m" }), Is.Null);
        Assert.That(Utterance.Of(new ClickEvent { Account = "gh", From = new("o"), CreateTime = 1, Name = "CLICK", EventKey = "帮助" }), Is.Null);
    }
}
