using Bot.Handlers.Language;
using NUnit.Framework;

namespace Bot.Tests.Language;

public sealed class SensitiveWordsTests
{
    private static readonly SensitiveWords s_words = Listing("代开发票", "办假证", "假证", "ass", "红包群");

    [TestCase("长期代开发票，可验", "代开发票", 2, 4)]
    [TestCase("代 开-发_票", "代开发票", 0, 7)]
    [TestCase("代開發票", "代开发票", 0, 4, Description = "traditional")]
    [TestCase("代\u200B开\u200D发票", "代开发票", 0, 6, Description = "invisible characters between")]
    [TestCase("找人办假证", "办假证", 2, 3, Description = "the longest of those that begin there")]
    [TestCase("what an ＡＳＳ！", "ass", 8, 3, Description = "full-width capitals")]
    [TestCase("红\n包\n群", "红包群", 0, 5)]
    public void Finds_a_word_however_it_is_spelled(string text, string word, int start, int length) =>
        Assert.That(s_words.Find(text), Is.EqualTo([new SensitiveSpot(word, start, length)]));

    [TestCase("发票怎么开？")]
    [TestCase("first class, passport, massage")]
    [TestCase("")]
    [TestCase("　，。！")]
    public void Lets_ordinary_words_pass(string text) => Assert.That(s_words.Holds(text), Is.False);

    [Test]
    public void Finds_every_one_of_them_and_blots_them_out_where_they_stand() =>
        Assert.That(s_words.Mask("他办假证，还 代开 发票。"), Is.EqualTo("他＊＊＊，还 ＊＊＊＊＊。"));

    [Test]
    public void Keeps_a_text_as_it_is_when_nothing_is_listed()
    {
        const string text = "代开发票";
        Assert.That(Listing().Mask(text), Is.SameAs(text));
        Assert.That(Listing("，。", " ").Mask(text), Is.SameAs(text), "a word of marks alone would match everything");
    }

    private static SensitiveWords Listing(params string[] words)
    {
        var list = new SensitiveWords();
        list.Replace(words);
        return list;
    }
}
