using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Policies;

public sealed class QuestionLogTests
{
    private QuestionLog _log = null!;

    [SetUp]
    public void Begin() => _log = new(new FakeTimeProvider());

    [Test]
    public void A_rush_is_given_out_bit_by_bit_and_no_question_is_settled_before_it_is_known()
    {
        var keys = Enumerable.Range(0, QuestionLog.AtOnce + 1).Select(i => Ask($"问题{i}")).ToArray();
        _log.Settled(keys[^1], QuestionOutcome.Helped, "P1");

        var (asked, settled) = _log.Take();
        Assert.That((asked.Count, settled.Count), Is.EqualTo((QuestionLog.AtOnce, 0)));
        (asked, settled) = _log.Take();
        Assert.That(asked.Single().Question, Is.EqualTo($"问题{QuestionLog.AtOnce}"));
        Assert.That(settled.Single().Key, Is.EqualTo(asked[0].Key));
        Assert.That(_log.Take().Asked, Is.Empty);
    }

    [Test]
    public void What_settled_a_rush_is_given_out_bit_by_bit_too()
    {
        for (var i = 0; i <= QuestionLog.AtOnce; i++)
            _log.Settled(Ask($"问题{i}"), QuestionOutcome.Picked, "P1");
        _log.Take();
        var (asked, settled) = _log.Take();
        Assert.That((asked.Count, settled.Count), Is.EqualTo((1, QuestionLog.AtOnce)));
        Assert.That(_log.Take().Settled, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_could_not_be_written_is_given_out_again()
    {
        _log.Settled(Ask("居住证"), QuestionOutcome.Picked, "P1");
        var (asked, settled) = _log.Take();
        _log.Return(asked, settled);
        Assert.That(_log.Take(), Is.EqualTo((asked, settled)));
    }

    [Test]
    public void What_does_not_fit_any_more_has_no_key()
    {
        while (Ask("居住证").Length > 0)
        {
        }

        _log.Take();
        Assert.That(Ask("居住证"), Is.Not.Empty, "there is room again");
    }

    private string Ask(string question) => _log.Asked(QuestionText.Of(question), []);
}
