using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Desk;

public sealed class DeskTests
{

    [Test]
    public async Task What_is_said_after_asking_for_a_person_goes_to_the_desk_until_it_hands_back()
    {
        var chat = new Chat();
        Assert.That(await chat.SayAsync("人工"), Is.InstanceOf<Reply.ToHuman>());
        foreach (var words in new[] { "我的社保卡丢了", "1", "查 一下可以吗" })
            Assert.That(await chat.SayAsync(words), Is.InstanceOf<Reply.ToHuman>(), words);
        Assert.That(chat.Calls.Said, Is.EqualTo(new[] { "我的社保卡丢了", "1", "查 一下可以吗" }));

        Assert.That(await chat.SayAsync("帮助"), Is.InstanceOf<Reply.Text>(), "a command is a command");
        Assert.That(await chat.SayAsync("还在吗"), Is.InstanceOf<Reply.ToHuman>());

        chat.Calls.Open = false;
        Assert.That(await chat.SayAsync("还在吗"), Is.InstanceOf<Reply.Text>(), "the bot answers again");
        Assert.That(chat.Session.AtDesk, Is.False);
    }

    [Test]
    public async Task The_citizen_leaves_the_desk_with_a_word()
    {
        var chat = new Chat();
        await chat.SayAsync("人工");
        Assert.That(((Reply.Text)await chat.SayAsync("退出")).Content, Does.StartWith("已结束人工服务"));
        Assert.That((chat.Calls.Open, chat.Session.AtDesk), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Outside_office_hours_nobody_is_called()
    {
        var chat = new Chat();
        chat.Clock.Advance(TimeSpan.FromHours(9));
        Assert.That(await chat.SayAsync("人工"), Is.InstanceOf<Reply.Text>());
        Assert.That((chat.Calls.Open, chat.Session.AtDesk), Is.EqualTo((false, false)));
    }
}
