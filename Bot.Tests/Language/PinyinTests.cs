using Bot.Handlers.Language;
using NUnit.Framework;

namespace Bot.Tests.Language;

public sealed class PinyinTests
{
    [TestCase("政策", "zhengce")]
    [TestCase("查政策 ABC", "chazhengce abc")]
    [TestCase("辦證", "banzheng")]
    [TestCase("户口", "hukou")]
    [TestCase("😀", "😀")]
    public void Says_how_a_text_sounds(string text, string sound) => Assert.That(Pinyin.Of(text), Is.EqualTo(sound));

    [Test]
    public void Homophones_have_the_same_syllable() => Assert.That(Pinyin.Syllable('正'), Is.EqualTo(Pinyin.Syllable('证')));

    [Test]
    public void A_character_with_two_readings_has_both()
    {
        Assert.That(Pinyin.Name(Pinyin.Syllable('行')), Is.EqualTo("xing"));
        Assert.That(Pinyin.Name(Pinyin.SecondSyllable('行')), Is.EqualTo("hang"));
    }

    [Test]
    public void Every_syllable_is_found_by_its_spelling()
    {
        for (ushort id = 1; id < Pinyin.Count; id++)
            Assert.That(Pinyin.Find(Pinyin.Name(id)), Is.EqualTo(id));
    }

    [TestCase('a')]
    [TestCase('，')]
    [TestCase('\ud83d')]
    [TestCase('\uffff')]
    public void What_is_not_Chinese_has_none(char c) => Assert.That(Pinyin.Syllable(c), Is.EqualTo(Pinyin.None));

    [Test]
    public void The_usual_characters_all_have_a_reading()
    {
        const string some = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经";
        Assert.That(some.Where(c => Pinyin.Syllable(c) == Pinyin.None), Is.Empty);
    }
}
