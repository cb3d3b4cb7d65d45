using Bot.Data.Postgres;
using Bot.Data.Staff;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class SignInBrakeTests : StoreFixture
{
    private const string Name = "admin";
    private static readonly SignInPlace s_desk = new("10.0.0.7", "desk", "");

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 28, 1, 0, 0, TimeSpan.Zero));
    private PostgresSignInBrake _brake = null!;

    [SetUp]
    public async Task Meet()
    {
        await ExecuteAsync("delete from sign_in_try");
        _brake = new(One, _clock);
    }

    private static SignInPlace Far(int n) => new($"203.0.113.{n}", $"far-{n}", "");

    private async Task<double?> FailAsync(SignInPlace place, int times = 1)
    {
        DateTimeOffset? until = null;
        for (var i = 0; i < times; i++)
        {
            var begun = await _brake.BeginAsync(Name, place, default);
            until = begun.RestsUntil ?? await _brake.WrongAsync(begun, null, default);
        }

        return (until - _clock.GetUtcNow())?.TotalMinutes;
    }

    private async Task<bool> RestsAsync(SignInPlace place, string name = Name)
    {
        var begun = await _brake.BeginAsync(name, place, default);
        await _brake.RightAsync(begun, default);
        return begun.RestsUntil is not null;
    }

    [Test]
    public async Task Rests_longer_each_time_and_a_day_later_it_is_forgotten()
    {
        Assert.That(await FailAsync(s_desk, 4), Is.Null);
        foreach (var minutes in new[] { 1, 2, 4, 8, 15, 15 })
        {
            Assert.That(await FailAsync(s_desk), Is.EqualTo(minutes));
            Assert.That(await RestsAsync(s_desk), Is.True);
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.That(await RestsAsync(s_desk), Is.False);
        }

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await FailAsync(s_desk, 4), Is.Null);
    }

    [Test]
    public async Task A_network_rests_alone()
    {
        await FailAsync(Far(1), 10);
        Assert.That(await RestsAsync(Far(1)), Is.True);
        Assert.That(await RestsAsync(Far(1) with { Device = "another" }), Is.True, "a new cookie helps nobody");
        Assert.That(await RestsAsync(Far(2)), Is.False);
    }

    [Test]
    public async Task From_many_networks_the_strangers_rest_and_never_who_got_in_before()
    {
        await _brake.WelcomeAsync(Name, s_desk, default);
        for (var n = 1; n <= 25; n++)
            await FailAsync(Far(n));
        Assert.That(await RestsAsync(Far(200)), Is.True, "where nobody was wrong yet");
        Assert.That(await RestsAsync(s_desk), Is.False);
        Assert.That(await RestsAsync(s_desk with { Device = "new" }), Is.False, "a new browser in the known network");
        Assert.That(await RestsAsync(s_desk with { Network = "198.51.100.1" }), Is.False, "the known browser on a journey");
        Assert.That(await RestsAsync(Far(200), "another"), Is.False);

        await FailAsync(s_desk with { Device = "colleague" }, 5);
        Assert.That(await RestsAsync(s_desk), Is.False, "the browser answers for itself");
        Assert.That(await FailAsync(s_desk, 5), Is.EqualTo(1));
        Assert.That(await RestsAsync(s_desk), Is.True, "and rests as any other");
        await _brake.WelcomeAsync(Name, s_desk, default);
        Assert.That(await RestsAsync(s_desk), Is.False);
    }

    [Test]
    public async Task After_ninety_days_a_place_is_as_any_other()
    {
        await _brake.WelcomeAsync(Name, s_desk, default);
        _clock.Advance(TimeSpan.FromDays(91));
        for (var n = 1; n <= 25; n++)
            await FailAsync(Far(n));
        Assert.That(await RestsAsync(s_desk), Is.True);
    }

    [Test]
    public async Task Of_many_that_come_at_once_so_many_are_looked_at_as_one_after_the_other()
    {
        var begun = await Task.WhenAll(Enumerable.Range(1, 60).Select(n => _brake.BeginAsync(Name, Far(n), default)));
        Assert.That(begun.Count(b => b.RestsUntil is null), Is.EqualTo(25));
    }

    [Test]
    public async Task What_was_right_leaves_the_rest_as_it_was()
    {
        await FailAsync(s_desk, 5);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await RestsAsync(s_desk), Is.False);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await RestsAsync(s_desk), Is.False, "the code comes after the password");
        Assert.That(await FailAsync(s_desk), Is.EqualTo(2));
    }
}
