using System.Net;
using Bot.Data.Embedded;
using Bot.Data.Postgres;
using Bot.Host.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Endpoints;

public sealed class KeyBrakeTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private KeyBrake _brake = null!;
    private int _asked;

    [SetUp]
    public void Begin() => (_brake, _asked) = (new(_clock), 0);

    [Test]
    public async Task An_address_asks_for_so_many_unknown_keys_a_minute_and_keeps_no_neighbour_out()
    {
        Assert.That((await ShowAsync("good", "10.0.0.1")).Found, Is.EqualTo("good"));
        await Task.WhenAll(Enumerable.Range(0, 2 * KeyBrake.Tries).Select(n => ShowAsync($"guess-{n}", "10.0.0.1")));
        Assert.That(_asked, Is.EqualTo(1 + KeyBrake.Tries));
        Assert.That(await ShowAsync("another-guess", "10.0.0.1"), Is.EqualTo(((string?)null, true)));
        Assert.That(await ShowAsync("good", "10.0.0.1"), Is.EqualTo(("good", false)), "known here");
        Assert.That(await ShowAsync("good-too", "10.0.0.2"), Is.EqualTo(("good-too", false)), "elsewhere");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await ShowAsync("good-later", "10.0.0.1"), Is.EqualTo(("good-later", false)));
    }

    [Test]
    public async Task A_key_that_was_given_out_here_is_let_through_whatever_its_address_has_sent()
    {
        for (var n = 0; n <= KeyBrake.Tries; n++)
            await ShowAsync($"guess-{n}", "10.0.0.1");
        Assert.That(await ShowAsync("good-new", "10.0.0.1"), Is.EqualTo(((string?)null, true)));
        _brake.Know("good-new");
        Assert.That(await ShowAsync("good-new", "10.0.0.1"), Is.EqualTo(("good-new", false)));
    }

    [Test]
    public async Task A_key_that_nobody_has_is_asked_for_once_a_minute_and_good_ones_use_up_no_tries()
    {
        for (var n = 0; n < 2 * KeyBrake.Tries; n++)
            Assert.That(await ShowAsync("lapsed", "10.0.0.1"), Is.EqualTo(((string?)null, false)));
        Assert.That(_asked, Is.EqualTo(1));
        for (var n = 0; n < 2 * KeyBrake.Tries; n++)
            Assert.That((await ShowAsync($"good-{n}", "10.0.0.1")).Found, Is.Not.Null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ShowAsync("lapsed", "10.0.0.1");
        Assert.That(_asked, Is.EqualTo(2 + 2 * KeyBrake.Tries));
    }

    [TestCase("x")]
    [TestCase("live_0123456789ABCDEFGHIJKLMNOPQRSTU")]
    [TestCase("prod_0123456789ABCDEFGHIJKLMNOPQRSTUV")]
    [TestCase("live_0123456789ABCDEFGHIJKLMNOPQRST-V")]
    [TestCase("0123456789ABCDEFGHIJKLMNOPQRSTUV0123456.789")]
    public async Task What_we_never_gave_costs_no_query(string key)
    {
        // Nothing listens there: to ask would fail.
        await using var nowhere = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={LoopbackPort.Free()};Username=x;Timeout=1");
        Assert.That(await new PostgresApiKeys(nowhere, _clock).FindAsync(key, default), Is.Null);
        Assert.That(await new PostgresStaffSessions(nowhere, _clock).FindAsync(key, TimeSpan.FromMinutes(30), true, default), Is.Null);
        Assert.That(() => new PostgresApiKeys(nowhere, _clock).FindAsync("live_0123456789ABCDEFGHIJKLMNOPQRSTUV", default), Throws.InstanceOf<NpgsqlException>());
    }

    private async Task<(string? Found, bool Held)> ShowAsync(string key, string address)
    {
        DefaultHttpContext http = new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        if (_brake.Begin(http, key) is not { } look)
            return (null, true);
        if (look.IsUnknown)
            return (null, false);
        Interlocked.Increment(ref _asked);
        await Task.Delay(1);
        var found = key.StartsWith("good", StringComparison.Ordinal) ? key : null;
        look.End(found is not null);
        return (found, false);
    }
}
