using Bot.Host.Delivery.Notices;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class SendPauseTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void Many_calls_that_fail_together_are_one_silence_and_an_answer_ends_the_rest()
    {
        var pause = new SendPause(_clock);
        for (var call = 0; call < 32; call++)
            pause.NotReached();
        var rest = pause.RestAsync(default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(rest.IsCompleted, "one second, not half a minute");

        pause.NotReached();
        rest = pause.RestAsync(default).AsTask();
        Assert.That(rest.IsCompleted, Is.False, "the next silence counts");
        pause.Answered();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(rest.IsCompleted);
    }

    [TestCase(5)]
    [TestCase(-5)]
    public void Whoever_sets_the_clock_neither_ends_a_rest_nor_makes_it_longer(int hours)
    {
        SetClock clock = new(_clock);
        var pause = new SendPause(clock);
        pause.NotReached();
        pause.Pause(7);
        pause.CloseUntil(clock.GetUtcNow().AddMinutes(10));
        clock.Set(TimeSpan.FromHours(hours));
        var rest = pause.RestAsync(default).AsTask();
        Assert.That((rest.IsCompleted, pause.IsPaused(7), pause.IsClosed), Is.EqualTo((false, true, true)));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That((rest.IsCompleted, pause.IsPaused(7), pause.IsClosed), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void Refusals_are_counted_in_a_row()
    {
        var pause = new SendPause(_clock);
        var notice = new Bot.Data.Notices.ClaimedNotice(
            new(7, "N", "T", "", false, default), 1, 1, new("o"), new Dictionary<string, string>(), false, default, null, 1, null);
        var refused = Bot.WeChat.Api.ApiError.Answered(47003, "");
        Assert.That((pause.Refused(notice, refused), pause.Refused(notice, refused)), Is.EqualTo((1, 2)));
        Assert.That((pause.Refused(notice, null), pause.Refused(notice, refused)), Is.EqualTo((0, 1)), "somebody got it");
        pause.Resume(7);
        Assert.That(pause.Refused(notice, refused), Is.EqualTo(1), "somebody looked at it");
    }

    [Test]
    public void A_notice_that_goes_on_is_held_up_no_longer()
    {
        var pause = new SendPause(_clock);
        pause.Pause(7);
        Assert.That(pause.IsPaused(7));
        pause.Resume(7);
        Assert.That(pause.IsPaused(7), Is.False);
    }
}
