using Bot.Handlers.Policies.Search;
using NUnit.Framework;

namespace Bot.Tests.Policies.Search;

public sealed class QuestionFormsTests
{
    [TestCase("居住证申领", "P001")]
    [TestCase("居住證", "P001")]
    [TestCase("居主证", "P001")]
    [TestCase("juzhuzheng", "P001")]
    [TestCase("JUZHUZHENG", "P001")]
    [TestCase("ju zhu zheng", "P001")]
    [TestCase("ju'zhu'zheng", "P001")]
    [TestCase("居zhu证", "P001")]
    [TestCase("shenfenzheng丢了", "P011")]
    [TestCase("ＧＯＮＧＪＩＪＩＮ贷款", "P048")]
    [TestCase("sfz丢了", "P011")]
    [TestCase("gjj贷款", "P048")]
    [TestCase("N+1", "P094")]
    [TestCase("12315", "P097")]
    [TestCase("結婚登記需要什麼材料？", "P017")]
    [TestCase("护照！！！", "P013")]
    [TestCase("😀护照😀怎么办😀", "P013")]
    [TestCase("<b>护照</b>", "P013")]
    public void Understands_how_citizens_type(string question, string guide) =>
        Assert.That(SeedSet.IdsFor(SeedSet.Index, question, limit: 3), Does.Contain(guide));

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("？？？！！！")]
    [TestCase("。。。……——")]
    [TestCase("😀😀😀")]
    [TestCase("\ud83d")]
    [TestCase("\0\0")]
    [TestCase("asdfghjkl")]
    [TestCase("qwerty")]
    [TestCase("你好")]
    [TestCase("怎么办")]
    [TestCase("今天天气怎么样")]
    [TestCase("我的快递到哪了")]
    [TestCase("谢谢")]
    [TestCase("哈哈哈")]
    [TestCase("讲个笑话")]
    [TestCase("周杰伦演唱会门票")]
    [TestCase("SELECT * FROM users; DROP TABLE policy;--")]
    [TestCase("<script>alert(1)</script>")]
    [TestCase("123456")]
    public void Knows_that_it_does_not_know(string question) =>
        Assert.That(SeedSet.Ask(SeedSet.Index, question), Is.Empty.Or.ItemAt(0).Property(nameof(Hit.Confidence)).LessThan(PolicyIndex.Found));

    [Test]
    public void A_long_story_is_cut_and_answered()
    {
        var story = string.Concat("我想申领居住证，", string.Concat(Enumerable.Repeat("说来话长，", 400)));
        Assert.That(story, Has.Length.GreaterThan(2000));
        Assert.That(SeedSet.IdsFor(SeedSet.Index, story, limit: 3), Does.Contain("P001"));
    }

    [Test]
    public void No_text_however_wild_breaks_it()
    {
        Random random = new(7);
        var hits = new Hit[3];
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(400)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x1_0000))]);
            Assert.That(SeedSet.Index.Search(text, hits), Is.InRange(0, 3));
        }
    }

    [Test]
    public void Gives_no_more_hits_than_there_is_room_for()
    {
        Assert.That(SeedSet.Index.Search("居住证", []), Is.Zero);
        Assert.That(SeedSet.Ask(SeedSet.Index, "居住证", limit: 1), Has.Length.EqualTo(1));
        Assert.That(SeedSet.Ask(SeedSet.Index, "证", limit: 200), Has.Length.LessThanOrEqualTo(PolicyIndex.MaxHits));
    }

    [Test]
    public void The_best_of_few_are_the_best_of_many()
    {
        var many = SeedSet.IdsFor(SeedSet.Index, "居住证到期", limit: 50);
        Assert.That(SeedSet.IdsFor(SeedSet.Index, "居住证到期", limit: 3), Is.EqualTo(many[..3]));
    }

    [Test]
    public void Asking_allocates_almost_nothing()
    {
        var hits = new Hit[5];
        SeedSet.Index.Search("居住证到期了怎么办", hits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SeedSet.Index.Search("居住证到期了怎么办", hits);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1024));
    }
}
