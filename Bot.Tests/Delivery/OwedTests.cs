using System.Text;
using Bot.Handlers.Texts;
using Bot.Host.Delivery;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

/// <summary>A platform's message has so many bytes: what is owed takes all that the answer leaves, and not one more.</summary>
public sealed class OwedTests
{
    private static readonly string s_lead = Text.Of("chat.owed").Say();
    private static readonly string s_more = Text.Of("chat.owed-more").Say();

    // What is left for words that are owed in front of an answer of one byte, whole and in part.
    private static readonly int s_whole = Reply.MaxTextBytes - Bytes($"{s_lead}\n\n\na");
    private static readonly int s_part = Reply.MaxTextBytes - Bytes($"{s_lead}\n\n{s_more}\n\na");

    [Test]
    public void Is_told_whole_as_long_as_there_is_room()
    {
        var owed = new string('o', s_whole);
        var (reply, told) = Owed.Before(new("a"), owed)!.Value;
        Assert.That(reply.Content, Is.EqualTo($"{s_lead}\n{owed}\n\na"));
        Assert.That((told, Bytes(reply.Content)), Is.EqualTo((owed, Reply.MaxTextBytes)));
    }

    [Test]
    public void Is_told_in_part_when_it_is_one_byte_too_long()
    {
        var (reply, told) = Owed.Before(new("a"), new string('o', s_whole + 1))!.Value;
        Assert.That(told, Is.EqualTo(new string('o', s_part)));
        Assert.That(reply.Content, Is.EqualTo($"{s_lead}\n{told}\n{s_more}\n\na"));
        Assert.That(Bytes(reply.Content), Is.EqualTo(Reply.MaxTextBytes));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void No_character_is_cut_in_two(int shift)
    {
        var owed = new string('o', shift) + new string('旧', 1000);
        var (reply, told) = Owed.Before(new("a"), owed)!.Value;
        Assert.That(owed, Does.StartWith(told));
        Assert.That(Bytes(reply.Content), Is.GreaterThan(Reply.MaxTextBytes - 3).And.LessThanOrEqualTo(Reply.MaxTextBytes));
    }

    [Test]
    public void A_part_that_is_hardly_a_sentence_waits_for_a_shorter_answer()
    {
        var answer = new string('a', 1 + s_part - 300);
        Assert.That(Owed.Before(new(answer), new string('o', 1000))!.Value.Told, Has.Length.EqualTo(300));
        Assert.That(Owed.Before(new(answer + 'a'), new string('o', 1000)), Is.Null);
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
