using Bot.Handlers.Language;
using NUnit.Framework;

namespace Bot.Tests.Language;

public sealed class ChineseTests
{
    [TestCase("居住證", "居住证")]
    [TestCase("ＡＢＣ１２３！", "abc123!")]
    [TestCase("國發〔２０２０〕５號", "国发〔2020〕5号")]
    [TestCase("社會保險　怎麼辦？", "社会保险 怎么办?")]
    [TestCase("\U0001F600 好", "\U0001F600 好")]
    [TestCase("", "")]
    public void Folds_one_spelling_out_of_several(string text, string folded) =>
        Assert.That(Chinese.Fold(text), Is.EqualTo(folded));

    [Test]
    public void Keeps_the_instance_when_there_is_nothing_to_fold()
    {
        const string text = "居住证 abc";
        Assert.That(Chinese.Fold(text), Is.SameAs(text));
    }

    [Test]
    public void Folding_twice_changes_nothing_more()
    {
        var every = string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c));
        var once = Chinese.Fold(every);
        Assert.That(Chinese.Fold(once), Is.EqualTo(once));
    }

    [Test]
    public void Refuses_a_target_that_is_too_short() =>
        Assert.That(() => Chinese.Fold("居住证", new char[2]), Throws.ArgumentException);
}
