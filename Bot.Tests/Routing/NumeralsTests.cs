using Bot.Handlers.Routing;
using NUnit.Framework;

namespace Bot.Tests.Routing;

public sealed class NumeralsTests
{
    [TestCase("2", 2)]
    [TestCase("２", 2)]
    [TestCase(" 2 ", 2)]
    [TestCase("2.", 2)]
    [TestCase("2、", 2)]
    [TestCase("２。", 2)]
    [TestCase("(2)", 2)]
    [TestCase("（２）", 2)]
    [TestCase("【2】", 2)]
    [TestCase("[2]", 2)]
    [TestCase("“2”", 2)]
    [TestCase("#2", 2)]
    [TestCase("2!", 2)]
    [TestCase("2？", 2)]
    [TestCase("02", 2)]
    [TestCase("②", 2)]
    [TestCase("⑩", 10)]
    [TestCase("⑳", 20)]
    [TestCase("2️⃣", 2)]
    [TestCase("一", 1)]
    [TestCase("二", 2)]
    [TestCase("两", 2)]
    [TestCase("兩", 2)]
    [TestCase("九", 9)]
    [TestCase("十", 10)]
    [TestCase("十二", 12)]
    [TestCase("二十", 20)]
    [TestCase("二十三", 23)]
    [TestCase("九十九", 99)]
    [TestCase("99", 99)]
    [TestCase("第二个", 2)]
    [TestCase("第2个", 2)]
    [TestCase("第二個", 2)]
    [TestCase("第二項", 2)]
    [TestCase("第十二条", 12)]
    [TestCase("第一种", 1)]
    [TestCase("2号", 2)]
    [TestCase("2號", 2)]
    [TestCase("序号2", 2)]
    [TestCase("选2", 2)]
    [TestCase("選擇二", 2)]
    [TestCase("选择第二个", 2)]
    [TestCase("我选二", 2)]
    [TestCase("我要2", 2)]
    [TestCase("我要选2", 2)]
    [TestCase("我选第二个吧", 2)]
    public void Understands(string words, int number) => Assert.That(Utterance.Of(words).Number, Is.EqualTo(number));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("0")]
    [TestCase("零")]
    [TestCase("〇")]
    [TestCase("100")]
    [TestCase("一百")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase("1.5")]
    [TestCase("1 2")]
    [TestCase("12345678")]
    [TestCase("13800138000")]
    [TestCase("二二")]
    [TestCase("十十")]
    [TestCase("二十三四")]
    [TestCase("第")]
    [TestCase("个")]
    [TestCase("第个")]
    [TestCase("选")]
    [TestCase("我要")]
    [TestCase("一网通办")]
    [TestCase("二胎")]
    [TestCase("十一放假吗")]
    [TestCase("2024年")]
    [TestCase("2人")]
    [TestCase("一样")]
    [TestCase("٣")]
    [TestCase("a")]
    public void Takes_for_words(string words) => Assert.That(Utterance.Of(words).Number, Is.Null);

    [Test]
    public void Never_throws_at_random_words()
    {
        const string Alphabet = "0129 .。、第个选择我要十二两零①⑳（[#吧序号\u20e3";
        var random = new Random(20_261_122);
        for (var i = 0; i < 200_000; i++)
        {
            var words = string.Create(random.Next(0, 10), random, (span, r) =>
            {
                foreach (ref var c in span)
                    c = Alphabet[r.Next(Alphabet.Length)];
            });
            Assert.That(Numerals.Pick(words), Is.Null.Or.InRange(1, 99), words);
        }
    }
}
