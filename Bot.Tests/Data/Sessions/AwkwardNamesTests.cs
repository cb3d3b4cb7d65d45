using Bot.Data.Sessions;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Data.Sessions;

[TestFixture(typeof(RedisStore))]
[TestFixture(typeof(LocalStore))]
public sealed class AwkwardNamesTests<TStore> : SessionsContract<TStore>
    where TStore : SessionStore, new()
{
    // Some differ only where a careless key would not.
    private static readonly string[] s_openIds =
    [
        "a", "A", "a}b{c", "{a}", "a}", "}{", " ", "a b", "a\nb", "a:m:1", "~", "*", "😀", "市民", "o-_", "\"'\\", "../../x", "]]>",
        new('x', 64), new('x', 65), new('x', 128), new('市', 128),
    ];

    private static readonly string[] s_messages =
    [
        "1", "1\n", "1\n2", "\n", "\n\n", "", "+", "1+", " 1", "~", "1700000000|CLICK|菜单|", "1700000000|VIEW|https://x.cn/?a=1&b={c}|",
        "{", new('k', 64), new('k', 65), new('k', 64 * 1024), new string('k', 64 * 1024) + "\n",
    ];

    [Test]
    public async Task Keeps_every_citizen_apart_whatever_the_openid()
    {
        foreach (var id in s_openIds)
            Assert.That((await One.BeginAsync(new(id), "1", "a")).Status, Is.EqualTo(TurnStatus.Started), id);
        foreach (var id in s_openIds)
            Assert.That(await Other.CommitAsync(new(id), "1", "a", Bytes($"session of {id}"), Bytes($"reply to {id}")), Is.EqualTo(new Committed(true)), id);
        foreach (var id in s_openIds)
        {
            Assert.That(Text((await One.BeginAsync(new OpenId(id), "1", "b")).Payload), Is.EqualTo($"reply to {id}"));
            Assert.That(Text((await One.BeginAsync(new OpenId(id), "2", "c")).Payload), Is.EqualTo($"session of {id}"));
        }
    }

    [Test]
    public async Task Tells_messages_apart_whatever_their_names()
    {
        foreach (var held in s_messages)
        {
            await One.BeginAsync(Citizen, held, "holder");
            foreach (var message in s_messages)
            {
                var expected = message == held ? TurnStatus.Running : TurnStatus.Waiting;
                Assert.That((await Other.BeginAsync(Citizen, message, "other")).Status, Is.EqualTo(expected), $"“{Cut(message)}” while “{Cut(held)}” is held");
                await ReleaseAsync(Other, Citizen, message, "other");
            }

            await ReleaseAsync(One, Citizen, held, "holder");
        }
    }

    [Test]
    public async Task Keeps_a_reply_for_every_message()
    {
        foreach (var message in s_messages)
            await AnswerAsync(message, "s", $"reply to {message}");
        foreach (var message in s_messages)
            Assert.That(Text((await Other.BeginAsync(Citizen, message, "b")).Payload), Is.EqualTo($"reply to {message}"), Cut(message));
    }

    [Test]
    public async Task Passes_the_turn_to_a_message_of_any_name()
    {
        foreach (var message in s_messages)
        {
            var citizen = NewCitizen();
            await One.BeginAsync(citizen, "first", "a");
            await Other.BeginAsync(citizen, message, "b");
            Assert.That((await One.CommitAsync(citizen, "first", "a", default, default)).Next, Is.EqualTo("b"), Cut(message));
            Assert.That((await Other.BeginAsync(citizen, message, "b", again: true)).Status, Is.EqualTo(TurnStatus.Started), Cut(message));
            Assert.That(await Other.RenewAsync(citizen, message, "b"), Is.True, Cut(message));
        }
    }

    private static string Cut(string message) => message.Length > 40 ? $"{message[..40]}… ({message.Length})" : message;
}
