using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class XmlReadingTests
{
    [TestCase("<![CDATA[你好]]>", "你好")]
    [TestCase(" \n <![CDATA[ 你好 ]]>\t ", " 你好 ")]
    [TestCase("  你好  ", "你好")]
    [TestCase("", "")]
    [TestCase("<![CDATA[]]>", "")]
    [TestCase("<![CDATA[a]]><![CDATA[b]]>", "ab")]
    [TestCase(" <![CDATA[a]]> <![CDATA[b]]> ", "a b")]
    [TestCase("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b")]
    [TestCase("&lt;a&gt; &amp; &quot;b&quot; &apos;", "<a> & \"b\" '")]
    [TestCase("&#25919;&#x52A1;&#X1F600;", null)]
    [TestCase("&#25919;&#x52a1;&#x1F600;", "政务😀")]
    [TestCase(" x&#32;&#32; ", "x  ")]
    [TestCase("a<!-- b -->c", "ac")]
    [TestCase(" a <!-- b --> ", "a")]
    [TestCase("<![CDATA[&amp;<b>]]>", "&amp;<b>")]
    [TestCase("&nbsp;", null)]
    [TestCase("&#0;", null)]
    [TestCase("&#xD800;", null)]
    [TestCase("&#x110000;", null)]
    [TestCase("&#;", null)]
    [TestCase("&#x;", null)]
    [TestCase("& ", null)]
    [TestCase("&amp", null)]
    [TestCase("<![CDATA[a", null)]
    [TestCase("<!-- ", null)]
    [TestCase("a &amp; b", "a & b")]
    [TestCase("&#32;x", " x")]
    [TestCase("x &#32; ", "x  ")]
    [TestCase("  &amp;  &lt;  ", "&  <")]
    [TestCase("a<!-- b --><!-- c --> d", "a d")]
    [TestCase("<!-- b -->", "")]
    [TestCase(" <!-- b --> ", "")]
    [TestCase("<![CDATA[ a ]]>&amp;", " a &")]
    [TestCase("&amp;<![CDATA[ a ]]>", "& a ")]
    [TestCase("x<![CDATA[ ]]>", "x ")]
    [TestCase("<![CDATA[ ]]>x", " x")]
    [TestCase("<![CDATA[]]>&#9;<![CDATA[]]>", "\t")]
    [TestCase("a<![CDATA[b", null)]
    [TestCase("a<!-- b", null)]
    [TestCase("a&amp", null)]
    [TestCase("a&amp;", "a&")]
    [TestCase("<?php ?>", null)]
    public void Reads_a_value(string inner, string? content)
    {
        var fault = Fixture.Open(Fixture.TextXml(inner), out var message);
        Assert.That(fault, Is.EqualTo(content is null ? CallbackFault.Malformed : CallbackFault.None));
        Assert.That((message as TextMessage)?.Content, Is.EqualTo(content));
    }

    [TestCase("\uFEFF{0}")]
    [TestCase("  \r\n{0}\n<!-- end -->\n")]
    [TestCase("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{0}")]
    [TestCase("\uFEFF<?xml version='1.0'?><!-- c -->{0}")]
    public void Reads_whatever_may_stand_around_the_root(string around)
    {
        var body = around.Replace("{0}", Fixture.TextXml(), StringComparison.Ordinal);
        Assert.That(Fixture.Open(body, out _), Is.EqualTo(CallbackFault.None));
    }

    [TestCase("<!DOCTYPE xml [<!ENTITY a \"b\">]>{0}")]
    [TestCase("<?xml version=\"1.0\"?><!DOCTYPE xml SYSTEM \"file:///etc/passwd\">{0}")]
    [TestCase("<?xml-stylesheet href=\"a\"?>{0}")]
    [TestCase("{0}{0}")]
    [TestCase("{0}x")]
    [TestCase("x{0}")]
    [TestCase("{0}</xml>")]
    [TestCase("<!-- {0}")]
    [TestCase("<?xml version=\"1.0\"?>\n<?xml version=\"1.0\"?>{0}")]
    public void Refuses_anything_else_around_it(string around)
    {
        var body = around.Replace("{0}", Fixture.TextXml(), StringComparison.Ordinal);
        Assert.That(Fixture.Open(body, out _), Is.EqualTo(CallbackFault.Malformed));
    }

    [TestCase("<MsgDataId>1</MsgDataId><Idx>2</Idx>", true)]
    [TestCase("<Extra a=\"1 > 0\" b='</Extra>'>x</Extra>", true)]
    [TestCase("<Extra/>", true)]
    [TestCase("<Extra />", true)]
    [TestCase("<Extra></Extra >", true)]
    [TestCase("<Extra> words <Deep>1</Deep> more <![CDATA[<]]> </Extra>", true)]
    [TestCase("<中文>x</中文>", true)]
    [TestCase("<Extra></extra>", false)]
    [TestCase("<Extra>", false)]
    [TestCase("</Extra>", false)]
    [TestCase("<Extra a=\"1>x</Extra>", false)]
    [TestCase("<Extra <b>x</Extra>", false)]
    [TestCase("<1>x</1>", false)]
    [TestCase("< Extra>x</Extra>", false)]
    [TestCase("<Extra/x>", false)]
    [TestCase("<>", false)]
    public void Steps_over_elements_it_does_not_know(string extra, bool wellFormed)
    {
        var body = Fixture.TextXml().Replace("<Content>", extra + "<Content>");
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(wellFormed ? CallbackFault.None : CallbackFault.Malformed));
        Assert.That((message as TextMessage)?.Content, Is.EqualTo(wellFormed ? "你好" : null));
    }

    [Test]
    public void Reads_fields_in_any_order_and_only_where_they_belong()
    {
        const string body = "<xml><Info><MsgType>image</MsgType><FromUserName>other</FromUserName></Info><MsgId>7</MsgId><Content>好</Content>"
            + "<MsgType>text</MsgType><CreateTime>8</CreateTime><FromUserName>o1</FromUserName><ToUserName>gh</ToUserName></xml>";
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(CallbackFault.None));
        Assert.That(
            message, Is.EqualTo(new TextMessage { Account = "gh", From = new OpenId("o1"), CreateTime = 8, MsgId = 7, Content = "好" }));
    }
}
