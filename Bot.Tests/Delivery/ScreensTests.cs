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

    [Test]
    public async Task Numbers_of_our_own_message_wait_for_the_form_that_is_filled_in_and_not_for_one_that_was_left()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)));
        var sessions = new LocalSessions(clock);
        await KeepAsync(sessions, new Session { Flow = new("booking", 1, Guid.NewGuid(), [], "day", ["1"], clock.GetUtcNow()) });
        var screens = new Screens(sessions, new ConversationOptions(), clock);
        Assert.That(await screens.ShowAsync(s_citizen, ["book.mine"], "remind", default), Is.False);
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.That(await screens.ShowAsync(s_citizen, ["book.mine"], "remind", default), Is.True);
        var begun = await sessions.BeginAsync(s_citizen, "2", "b");
        Assert.That(SessionJson.Read(begun.Payload.Span).Screen!.Choices, Is.EqualTo(["book.mine"]));
    }

    private static async Task KeepAsync(LocalSessions sessions, Session session)
    {
        await sessions.BeginAsync(s_citizen, "1", "a");
        var kept = new ArrayBufferWriter<byte>();
        SessionJson.Write(session, kept);
        await sessions.CommitAsync(s_citizen, "1", "a", kept.WrittenMemory, default);
    }
}
