using System.Text;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class ReplyTextTests
{
    [TestCase("<a href=\"https://evil.example\">点我</a>", "＜a href=\"https://evil.example\">点我＜/a>")]
    [TestCase("<A\nHREF=x>", "＜A\nHREF=x>")]
    [TestCase("<\u0000a href=x>", "＜\u0000a href=x>")]
    [TestCase("没有链接", "没有链接")]
    public void Lets_no_outsider_put_a_link_into_our_words(string given, string harmless) =>
        Assert.That(ReplyText.Escape(given), Is.EqualTo(harmless));

    [TestCase("short", 5, "short")]
    [TestCase("short", 4, "shor")]
    [TestCase("政务", 5, "政")]
    [TestCase("政务", 2, "")]
    [TestCase("好👍🏽", 10, "好")]
    [TestCase("好👍🏽", 11, "好👍🏽")]
    [TestCase("e\u0301e\u0301", 5, "e\u0301")]
    public void Cuts_between_characters_as_people_see_them(string text, int bytes, string kept) =>
        Assert.That(text[..ReplyText.Cut(text, bytes)], Is.EqualTo(kept));

    [Test]
    public void Cuts_inside_a_character_only_when_it_alone_is_too_long()
    {
        var text = "e" + new string('\u0301', 100);
        Assert.That(ReplyText.Cut(text, 20), Is.EqualTo(10));
    }

    [Test]
    public void Leaves_no_link_half_open()
    {
        const string text = "详见<a href=\"https://www.example.gov.cn\">办事指南</a>";
        using var _ = Assert.EnterMultipleScope();
        Assert.That(text[..ReplyText.Cut(text, 50)], Is.EqualTo("详见"));
        Assert.That(text[..ReplyText.Cut(text + "，谢谢", Encoding.UTF8.GetByteCount(text))], Is.EqualTo(text));
    }

    [Test]
    public void Gives_the_whole_text_back_piece_by_piece()
    {
        var rest = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦政务é", 300));
        var whole = rest;
        var pieces = new StringBuilder();
        while (rest.Length > 0)
        {
            var cut = ReplyText.Cut(rest, Reply.MaxTextBytes);
            Assert.That(cut, Is.Positive);
            Assert.That(Encoding.UTF8.GetByteCount(rest.AsSpan(0, cut)), Is.LessThanOrEqualTo(Reply.MaxTextBytes));
            pieces.Append(rest.AsSpan(0, cut));
            rest = rest[cut..];
        }

        Assert.That(pieces.ToString(), Is.EqualTo(whole));
    }
}
