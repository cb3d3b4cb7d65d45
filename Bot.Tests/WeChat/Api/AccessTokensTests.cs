using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Bot.WeChat.Api;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class AccessTokensTests
{
    private const string Send = "/cgi-bin/message/custom/send";
    private const string Name = "access_token:wx1234567890abcdef";
    private const string Ok = """{"errcode":0,"errmsg":"ok"}""";
    private const string Refused = """{"errcode":40001,"errmsg":"invalid credential, access_token is invalid or not latest rid: 1-2-3"}""";

    private ScriptedPlatform _platform;
    private FakeTimeProvider _clock;
    private InProcessTokenStore _store;
    private ApiClient _client;

    [SetUp]
    public async Task SetUp()
    {
        _platform = await ScriptedPlatform.StartAsync();
        _clock = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _store = new InProcessTokenStore();
        _client = NewHost();
        _platform.Says(ScriptedPlatform.Token, Token("TOKEN-1"), Token("TOKEN-2"));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Test]
    public async Task A_hundred_callers_make_one_refresh()
    {
        _platform.Says(Send, Ok);

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => SayAsync(_client))));

        Assert.That(results.Select(r => r.Ok), Is.All.True);
        Assert.That(TokenRequests, Is.EqualTo(1));
        Assert.That(_client.Calls.Refreshes, Is.EqualTo(1));
    }

    [Test]
    public async Task Two_hosts_with_one_store_make_one_refresh()
    {
        _platform.Says(Send, Ok);
        await using var other = NewHost();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => SayAsync(i % 2 == 0 ? _client : other))));

        Assert.That(TokenRequests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_token_is_renewed_and_the_call_repeated_once()
    {
        Accepts("TOKEN-2");

        var result = await SayAsync(_client);

        Assert.That(result.Ok, Is.True);
        Assert.That(_platform.AskedFor(Send).Select(r => r.Query["access_token"]), Is.EqualTo(new[] { "TOKEN-1", "TOKEN-2" }));
    }

    [Test]
    public async Task A_hundred_refused_callers_make_one_refresh()
    {
        Accepts("TOKEN-1");
        await SayAsync(_client);
        Accepts("TOKEN-2");

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => SayAsync(_client))));

        Assert.That(results.Select(r => r.Ok), Is.All.True);
        Assert.That(TokenRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task Takes_the_token_that_another_process_stored_instead_of_asking()
    {
        Accepts("TOKEN-1");
        await SayAsync(_client);
        await _store.TryReplaceAsync(Name, "TOKEN-1", new("TOKEN-9", _clock.GetUtcNow().AddHours(2)), default);
        Accepts("TOKEN-9");

        var result = await SayAsync(_client);

        Assert.That(result.Ok, Is.True);
        Assert.That(TokenRequests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refusal_that_passes_is_got_over_with_the_same_token()
    {
        _platform.Does(ScriptedPlatform.Token, http => GiveAsync(http, "TOKEN-1"));
        _platform.Says(Send, Refused, Ok);

        var result = await SayAsync(_client);

        Assert.That(result.Ok, Is.True);
        Assert.That(_platform.AskedFor(Send).Select(r => r.Query["access_token"]), Is.EqualTo(new[] { "TOKEN-1", "TOKEN-1" }));
    }

    [Test]
    public async Task A_fresh_token_that_is_refused_too_is_for_an_operator()
    {
        _platform.Says(Send, Refused);

        var result = await SayAsync(_client);

        Assert.That(result.Error, Has.Property(nameof(ApiError.Class)).EqualTo(ErrorClass.Alert).And.Property(nameof(ApiError.Code)).EqualTo(40001));
        Assert.That(_platform.AskedFor(Send).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Forces_a_new_token_only_after_two_normal_answers_and_half_a_minute()
    {
        _platform.Does(ScriptedPlatform.Token, async http => await GiveAsync(http, _platform.AskedFor(ScriptedPlatform.Token).Last().Text.Contains("true") ? "TOKEN-2" : "TOKEN-1"));
        Accepts("TOKEN-2");

        var oks = new List<bool>();
        foreach (var wait in new[] { 0, 1, 6, 30 })
        {
            _clock.Advance(TimeSpan.FromSeconds(wait));
            oks.Add((await SayAsync(_client)).Ok);
        }

        Assert.That(oks, Is.EqualTo(new[] { false, false, false, true }));
        Assert.That(
            _platform.AskedFor(ScriptedPlatform.Token).Select(r => r.Text.Contains("\"force_refresh\":true")),
            Is.EqualTo(new[] { false, false, false, true }), "first, after the refusal, 7 s later, forced");
    }

    [Test]
    public async Task Renews_behind_the_callers_back_before_the_token_ends()
    {
        _platform.Says(Send, Ok);
        await SayAsync(_client);
        _clock.Advance(TimeSpan.FromSeconds(7200 - 200));

        await SayAsync(_client);
        Assert.That(() => _client.Calls.Refreshes, Is.EqualTo(2).After(10_000, 10));
        await SayAsync(_client);

        Assert.That(_platform.AskedFor(Send).Select(r => r.Query["access_token"]), Is.EqualTo(new[] { "TOKEN-1", "TOKEN-1", "TOKEN-2" }));
    }

    [Test]
    public async Task Waits_for_a_new_token_when_the_old_one_has_ended()
    {
        _platform.Says(Send, Ok);
        await SayAsync(_client);
        _clock.Advance(TimeSpan.FromSeconds(7200));

        await SayAsync(_client);

        Assert.That(_platform.AskedFor(Send).Last().Query["access_token"], Is.EqualTo("TOKEN-2"));
    }

    [Test]
    public async Task A_late_answer_does_not_overwrite_a_newer_token()
    {
        _platform.Says(Send, Ok);
        _platform.Does(ScriptedPlatform.Token, async http =>
        {
            await _store.TryReplaceAsync(Name, null, new("TOKEN-9", _clock.GetUtcNow().AddHours(2)), default);
            await GiveAsync(http, "TOKEN-1");
        });

        await SayAsync(_client);

        Assert.That(_platform.AskedFor(Send).Single().Query["access_token"], Is.EqualTo("TOKEN-9"));
        Assert.That((await _store.GetAsync(Name, default))!.Value, Is.EqualTo("TOKEN-9"));
    }

    [TestCase(40125)]
    [TestCase(40001)]
    public async Task A_wrong_secret_is_for_an_operator_and_asked_again_after_half_a_minute(int code)
    {
        _platform.Says(ScriptedPlatform.Token, $$"""{"errcode":{{code}},"errmsg":"invalid appsecret rid: 1-2-3"}""", Token("TOKEN-1"));
        _platform.Says(Send, Ok);

        var first = await SayAsync(_client);
        _clock.Advance(TimeSpan.FromSeconds(29));
        var second = await SayAsync(_client);
        var asked = TokenRequests;
        _clock.Advance(TimeSpan.FromSeconds(2));
        var third = await SayAsync(_client);

        Assert.That(first.Error, Has.Property(nameof(ApiError.Class)).EqualTo(ErrorClass.Alert).And.Property(nameof(ApiError.Code)).EqualTo(code));
        Assert.That(second.Error, Is.EqualTo(first.Error));
        Assert.That(asked, Is.EqualTo(1));
        Assert.That(third.Ok, Is.True);
    }

    [TestCase(3)]
    [TestCase(-3)]
    public async Task Whoever_sets_the_clock_costs_no_call(int hours)
    {
        SetClock clock = new(_clock);
        await using var host = new ApiClient(_platform.Address, clock, s => s.AddSingleton<ITokenStore>(_store));
        _platform.Says(ScriptedPlatform.Token, """{"errcode":40125,"errmsg":"invalid appsecret rid: 1-2-3"}""", Token("TOKEN-1"), Token("TOKEN-2"));
        Accepts("TOKEN-1");
        await SayAsync(host);
        clock.Set(TimeSpan.FromHours(hours));
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.That((await SayAsync(host)).Ok, Is.True, "the pause after a failure is over");

        clock.Set(TimeSpan.FromHours(hours));
        Accepts("TOKEN-2");
        Assert.That((await SayAsync(host)).Ok, Is.True, "the token ended, whatever our clock says of it");
    }

    [Test]
    public async Task Goes_on_when_the_store_is_away_still_with_one_refresh()
    {
        await using var host = new ApiClient(_platform.Address, _clock, s => s.AddSingleton<ITokenStore, AwayStore>());
        _platform.Says(Send, Ok);
        var (all, arrived) = (new TaskCompletionSource(), 0);
        _platform.Does(ScriptedPlatform.Token, async http =>
        {
            await all.Task;
            await GiveAsync(http, "TOKEN-1");
        });

        var saying = Enumerable.Range(0, 100).Select(_ => Task.Run(() =>
        {
            var call = SayAsync(host);
            if (Interlocked.Increment(ref arrived) == 100)
                all.SetResult();
            return call;
        }));

        Assert.That((await Task.WhenAll(saying)).Select(r => r.Ok), Is.All.True);
        Assert.That(TokenRequests, Is.EqualTo(1));
    }

    private int TokenRequests => _platform.AskedFor(ScriptedPlatform.Token).Count();

    private ApiClient NewHost() => new(_platform.Address, _clock, s => s.AddSingleton<ITokenStore>(_store));

    private void Accepts(string token) =>
        _platform.Does(Send, http => http.Response.WriteAsync(http.Request.Query["access_token"] == token ? Ok : Refused));

    private static Task GiveAsync(HttpContext http, string token) =>
        http.Response.WriteAsync(Token(token));

    private static string Token(string value) => $$"""{"access_token":"{{value}}","expires_in":7200}""";

    private static Task<ApiResult<Done>> SayAsync(ApiClient client) =>
        client.Get<ICustomerMessages>().SendAsync(new OpenId("oGov0Test0User0000000000001x"), new CustomerMessage.Text("您好"), default);

    private sealed class AwayStore : ITokenStore
    {
        public ValueTask<StoredToken?> GetAsync(string name, CancellationToken ct) => throw new TimeoutException();

        public ValueTask<bool> TryReplaceAsync(string name, string? oldToken, StoredToken newToken, CancellationToken ct) => throw new TimeoutException();

        public ValueTask<IAsyncDisposable?> AcquireRefreshLeaseAsync(string name, TimeSpan lifetime, TimeSpan patience, CancellationToken ct) =>
            throw new TimeoutException();
    }
}
