using System.Buffers;
using Bot.Data.Embedded;
using Bot.Handlers.Conversation;
using Bot.Host.Delivery;
using Bot.WeChat;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

public sealed class ScreensTests
{
    private static readonly OpenId s_citizen = new("oScreen");
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));

    [Test]
    public async Task Our_own_list_is_on_the_screen_once_and_steps_back_when_the_form_asks_something_after_it()
    {
        var sessions = new LocalSessions(new FakeTimeProvider(s_now));
        await KeepAsync(sessions, new Session { Flow = new("booking", 1, Guid.NewGuid(), [], "day", ["1"], s_now.AddSeconds(-9)) });
        var screens = new Screens(sessions);
        Assert.That(await screens.ShowAsync(s_citizen, ["book.mine"], s_now, "remind", default), Is.True);
        Assert.That(await screens.ShowAsync(s_citizen, ["other"], s_now, "remind", default), Is.True, "told twice, shown once");

        var begun = await sessions.BeginAsync(s_citizen, "2", "b");
        var session = SessionJson.Read(begun.Payload.Span);
        Assert.That((session.OnTop!.Choices.Single(), session.OnTop.SentAt), Is.EqualTo(("book.mine", s_now)));
        Assert.That((session with { Flow = session.Flow! with { AskedAt = s_now.AddSeconds(1) } }).OnTop, Is.Null);
    }

    [Test]
    public void A_list_that_the_citizen_got_after_ours_keeps_its_numbers()
    {
        var asked = new Session { Screen = new(["policy 1"], []), CausedAt = s_now.ToUnixTimeSeconds() + 1 };
        Assert.That(asked.Prompted(["book.mine"], s_now).Screen!.Choices, Is.EqualTo(["policy 1"]));
        Assert.That(asked.Prompted(["book.mine"], s_now.AddSeconds(1)).Screen!.Choices, Is.EqualTo(["book.mine"]));
        Assert.That(asked.Prompted(["second"], s_now.AddSeconds(2)).Prompted(["first"], s_now.AddSeconds(1)).Screen!.Choices, Is.EqualTo(["second"]), "jobs may come the other way round");
    }

    private static async Task KeepAsync(LocalSessions sessions, Session session)
    {
        await sessions.BeginAsync(s_citizen, "1", "a");
        var kept = new ArrayBufferWriter<byte>();
        SessionJson.Write(session, kept);
        await sessions.CommitAsync(s_citizen, "1", "a", kept.WrittenMemory, default);
    }
}
