using Bot.Handlers.Conversation;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Desk;

public sealed class NumberAtDeskTests
{
    [Test]
    public async Task A_number_is_said_to_the_person_who_answers_though_a_list_of_ours_came_meanwhile()
    {
        var chat = new Chat();
        await chat.SayAsync("人工");
        await chat.Get<IScreens>().ShowAsync(chat.Typed("").From, ["book.mine"], chat.Clock.GetUtcNow(), "offer", default);
        chat.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await chat.SayAsync("1"), Is.InstanceOf<Reply.ToHuman>(), "how many are you, the clerk had asked");
        Assert.That(chat.Calls.Said, Is.EqualTo(new[] { "1" }));
    }
}
