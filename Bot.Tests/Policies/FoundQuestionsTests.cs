using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Learning;
using NUnit.Framework;

namespace Bot.Tests.Policies;

/// <summary>What a question found is kept, and never longer than it holds.</summary>
public sealed class FoundQuestionsTests
{
    private readonly Chat _chat = new Chat().With(Guide("G1", "居住证申领"));

    private FoundQuestions Finder => _chat.Get<FoundQuestions>();

    [Test]
    public void The_same_question_is_searched_once_whatever_number_stands_in_it()
    {
        var first = Finder.Find("居住证怎么办 编号100234");
        Assert.That(Finder.Find("居住证怎么办 编号１３９００００００００"), Is.SameAs(first));
        Assert.That(Finder.Find("居住证怎么办 编号12345"), Is.Not.SameAs(first), "a hotline has a number, too");
        Assert.That(first.Guides, Is.EqualTo(["G1"]));
    }

    [Test]
    public void A_change_of_the_documents_is_found_at_once()
    {
        Assert.That(Finder.Find("养老金怎么领").IsMiss);
        _chat.With(Guide("G1", "居住证申领"), Guide("G2", "养老金领取"));
        Assert.That(Finder.Find("养老金怎么领").Guides[0], Is.EqualTo("G2"));
    }

    [Test]
    public void More_questions_than_are_kept_are_answered_all_the_same()
    {
        var first = Finder.Find("居住证怎么办");
        for (var i = 0; i < 5_000; i++)
            Finder.Find($"居住证第{i}问");
        Assert.That(Finder.Find("居住证怎么办"), Is.Not.SameAs(first).And.Property(nameof(Found.Guides)).EqualTo(first.Guides));
    }

    [TestCase("", "")]
    [TestCase("办事", "办事")]
    [TestCase("12345热线", "12345热线")]
    [TestCase("国发〔2026〕12号", "国发〔2026〕12号")]
    [TestCase("123456", "*")]
    [TestCase("a1234567b１２３４５６７c89", "a*b*c89")]
    public void Long_numbers_are_marked(string question, string left) =>
        Assert.That(QuestionText.WithoutNumbers(question, new char[question.Length]).ToString(), Is.EqualTo(left));

    private static Policy Guide(string id, string title) => new() { Id = id, Type = PolicyType.Guide, Title = title, Issuer = "滨海市人民政府", Category = "其他" };
}
