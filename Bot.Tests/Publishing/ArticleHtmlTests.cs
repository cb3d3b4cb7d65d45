using Bot.Handlers.Publishing;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed class ArticleHtmlTests
{
    private const string File = "0123456789abcdef0123456789abcdef";

    [TestCase("<p class=MsoNormal style='mso-pagination:widow'><b><span lang=EN-US style='font-size:16pt'>标题<o:p></o:p></span></b></p>", "<p><strong>标题</strong></p>")]
    [TestCase("<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p{color:red}</style><div>一</div><div>二</div>", "<p>一</p><p>二</p>")]
    [TestCase("<h1>大</h1><h6>小</h6><i>斜</i>", "<h2>大</h2><h4>小</h4><em>斜</em>")]
    [TestCase("<p>&nbsp;</p><p>字&nbsp;&nbsp;字</p><p><span></span></p>", "<p>字 字</p>")]
    [TestCase("<table border=1 width=600><tr><td colspan=2 style='background:red'>格</td></tr></table>", "<table><tbody><tr><td colspan=\"2\">格</td></tr></tbody></table>")]
    [TestCase("<p>好<font color=red>的</font></p>", "<p>好的</p>")]
    [TestCase("<form><input><button>好</button><textarea>坏</textarea></form>", "好")]
    public void Makes_plain_elements_of_what_was_pasted(string pasted, string clean) =>
        Assert.That(ArticleHtml.Clean(pasted).Html, Is.EqualTo(clean));

    [TestCase("<p>一</p><script>alert(1)</script>")]
    [TestCase("<p onclick=alert(1)>一</p>")]
    [TestCase("<p>一<img src=x onerror=alert(1)></p>")]
    [TestCase("<p>一</p><svg><script>alert(1)</script></svg>")]
    [TestCase("<p>一</p><iframe src=//evil.example></iframe>")]
    [TestCase("<p>一<a href='javascript:alert(1)'></a></p>")]
    [TestCase("<p>一</p><math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>")]
    [TestCase("<p style='background:url(javascript:alert(1))'>一</p>")]
    public void No_script_survives(string pasted)
    {
        var clean = ArticleHtml.Clean(pasted);
        Assert.That(clean.Html, Does.Contain("一"));
        Assert.That(clean.Html, Does.Not.Contain("alert").And.Not.Contain("<script").And.Not.Contain("evil").And.Not.Contain("javascript"));
    }

    [Test]
    public void What_is_nested_deeper_than_a_stack_becomes_plain_words() =>
        Assert.That(ArticleHtml.Clean($"{string.Concat(Enumerable.Repeat("<div>", 20_000))}停<b>水</b>").Html, Is.EqualTo("<p>停水</p>"));

    [Test]
    public void A_link_with_a_script_keeps_its_words_only() =>
        Assert.That(ArticleHtml.Clean("<p><a href='javascript:alert(1)'>点这里</a><a href='/p/P001'>指南</a></p>").Html, Is.EqualTo("<p>点这里<a href=\"/p/P001\">指南</a></p>"));

    [Test]
    public void Only_our_own_pictures_stay_and_the_others_are_counted()
    {
        var clean = ArticleHtml.Clean($"<p><img src=\"/news/files/{File}\" alt=\"图\"><img src=\"https://elsewhere.example/a.png\"><img src=\"file:///C:/a.png\"></p>");
        Assert.That(clean.Html, Is.EqualTo($"<p><img src=\"/news/files/{File}\" alt=\"图\"></p>"));
        Assert.That(clean.DroppedPictures, Is.EqualTo(2));
        Assert.That(WeChatArticle.PicturesIn(clean.Html), Is.EqualTo([File]));
    }

    [Test]
    public void The_words_are_those_that_are_seen() =>
        Assert.That(
            ArticleHtml.Clean("<h2>一、范围</h2><ul><li>甲</li><li>乙</li></ul><table><tr><td>项</td><td>值</td></tr></table>").Words,
            Is.EqualTo("一、范围\n甲\n乙\n项 值"));

    [Test]
    public void Cleaning_twice_changes_nothing()
    {
        var once = ArticleHtml.Clean("<div><b>甲</b><p>乙 &lt;b&gt;</p></div><ul><li>丙<ul><li>丁</li></ul></li></ul><script>1</script>").Html;
        Assert.That(ArticleHtml.Clean(once).Html, Is.EqualTo(once));
    }

    [Test]
    public void On_WeChat_pictures_are_the_platforms_and_links_are_words()
    {
        var content = new Bot.Data.Articles.ArticleContent
        {
            Column = "news", Title = "题", Body = $"<p>见<a href=\"/p/P001\">指南</a><img src=\"/news/files/{File}\"></p>", Correction = "原文<有误",
        };
        var html = WeChatArticle.Content(content, id => $"https://mmbiz.example/{id}");
        Assert.That(html, Does.Contain("见指南").And.Contain($"src=\"https://mmbiz.example/{File}\"").And.Contain("原文&lt;有误").And.Not.Contain("href"));
    }
}
