using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class TokenTests
{
    private Rig _rig = null!;

    [SetUp]
    public async Task SetUp() => _rig = await Rig.StartAsync();

    [TearDown]
    public async Task TearDown() => await _rig.DisposeAsync();

    [Test]
    public async Task A_new_classic_token_leaves_the_old_one_five_minutes()
    {
        var old = (string)(await _rig.ClassicAsync())["access_token"]!;
        var fresh = (string)(await _rig.ClassicAsync())["access_token"]!;
        Assert.That(fresh, Is.Not.EqualTo(old));
        Assert.That(await CodeAsync(old), Is.Zero);
        await _rig.AdvanceAsync(TimeSpan.FromSeconds(301));
        Assert.That(await CodeAsync(old), Is.EqualTo(40001));
        Assert.That(await CodeAsync(fresh), Is.Zero);
    }

    [Test]
    public async Task A_stable_token_is_the_same_until_its_last_five_minutes()
    {
        var first = await _rig.StableAsync();
        await _rig.AdvanceAsync(TimeSpan.FromMinutes(100));
        var second = await _rig.StableAsync();
        Assert.That((string)second["access_token"]!, Is.EqualTo((string)first["access_token"]!));
        Assert.That((int)second["expires_in"]!, Is.InRange(1100, 1200));
        await _rig.AdvanceAsync(TimeSpan.FromMinutes(16));
        var third = await _rig.StableAsync();
        Assert.That((string)third["access_token"]!, Is.Not.EqualTo((string)first["access_token"]!));
        Assert.That(await CodeAsync((string)first["access_token"]!), Is.Zero, "both work in the overlap");
    }

    [Test]
    public async Task Forcing_kills_the_old_token_at_once_but_not_twice_in_half_a_minute()
    {
        var first = (string)(await _rig.StableAsync())["access_token"]!;
        var second = (string)(await _rig.StableAsync(force: true))["access_token"]!;
        Assert.That(await CodeAsync(first), Is.EqualTo(40001));
        Assert.That((string)(await _rig.StableAsync(force: true))["access_token"]!, Is.EqualTo(second));
        await _rig.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.That((string)(await _rig.StableAsync(force: true))["access_token"]!, Is.Not.EqualTo(second));
    }

    [Test]
    public async Task The_two_issuers_do_not_touch_each_other()
    {
        var stable = (string)(await _rig.StableAsync())["access_token"]!;
        await _rig.ClassicAsync();
        await _rig.ClassicAsync();
        await _rig.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.That(await CodeAsync(stable), Is.Zero);
    }

    [Test]
    public async Task An_expired_malformed_or_missing_token_is_told_apart()
    {
        var token = await _rig.TokenAsync();
        await _rig.AdvanceAsync(TimeSpan.FromSeconds(7201));
        Assert.That(await CodeAsync(token), Is.EqualTo(42001));
        Assert.That(await CodeAsync("nonsense"), Is.EqualTo(40014));
        Assert.That((int)(await _rig.GetAsync("/cgi-bin/getcallbackip"))["errcode"]!, Is.EqualTo(41001));
    }

    [TestCase("client_credential", "wx1234567890abcdef", "wrong", 40125)]
    [TestCase("client_credential", "wxffffffffffffffff", "wrong", 40013)]
    [TestCase("password", "wx1234567890abcdef", "wrong", 40002)]
    public async Task A_wrong_credential_is_named(string grant, string appId, string secret, int code)
    {
        var answer = await _rig.GetAsync($"/cgi-bin/token?grant_type={grant}&appid={appId}&secret={secret}");
        Assert.That((int)answer["errcode"]!, Is.EqualTo(code));
        Assert.That((string)answer["errmsg"]!, Does.Match(" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$"));
    }

    [Test]
    public async Task The_daily_quota_ends_and_can_be_cleared()
    {
        _rig.Options.Limits.DailyQuota["/cgi-bin/user/get"] = 1;
        var token = await _rig.TokenAsync();
        await _rig.GetAsync($"/cgi-bin/user/get?access_token={token}");
        Assert.That((int)(await _rig.GetAsync($"/cgi-bin/user/get?access_token={token}"))["errcode"]!, Is.EqualTo(45009));
        await _rig.PostAsync($"/cgi-bin/clear_quota?access_token={token}", new JsonObject { ["appid"] = _rig.Options.AppId });
        Assert.That((await _rig.GetAsync($"/cgi-bin/user/get?access_token={token}"))["count"], Is.Not.Null);
    }

    private async Task<int> CodeAsync(string token) => (int?)(await _rig.GetAsync($"/cgi-bin/getcallbackip?access_token={token}"))["errcode"] ?? 0;
}
