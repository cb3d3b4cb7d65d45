using System.Text.Json.Nodes;

using Bot.WeChat.Api;

using Microsoft.Extensions.Time.Testing;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

/// <summary>Web authorisation, JS-SDK and the addresses that browsers open.</summary>
public sealed class WebTests
{
    private const string Exchange = "/sns/oauth2/access_token";
    private const string Grant = """{"access_token":"OAUTH","expires_in":7200,"refresh_token":"R","openid":"o1","scope":"snsapi_base","is_snapshotuser":1}""";

    private readonly FakeTimeProvider _clock = new();
    private ScriptedPlatform _platform;
    private ApiClient _client;

    [SetUp]
    public async Task SetUp()
    {
        _platform = await ScriptedPlatform.StartAsync();
        _client = new ApiClient(_platform.Address, _clock);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Test]
    public void Signs_a_page_as_the_platform_does()
    {
        var vector = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "WeChat", "fixtures", "jssdk-vector.json")))!;

        var signature = JsSdk.Signature(
            vector["jsapi_ticket"]!.GetValue<string>(), vector["noncestr"]!.GetValue<string>(), vector["timestamp"]!.GetValue<long>(), vector["url"]! + "#top");

        Assert.That(signature, Is.EqualTo(vector["signature"]!.GetValue<string>()));
    }

    [Test]
    public async Task Asks_for_the_ticket_once()
    {
        _platform.Says("/cgi-bin/ticket/getticket", """{"errcode":0,"errmsg":"ok","ticket":"T","expires_in":7200}""");
        var pages = _client.Get<IJsSdk>();

        var first = await pages.SignAsync("https://www.example.gov.cn/a", default);
        var second = await pages.SignAsync("https://www.example.gov.cn/a", default);

        Assert.That(_platform.AskedFor("/cgi-bin/ticket/getticket").Count(), Is.EqualTo(1));
        Assert.That(first.Value!.NonceStr, Is.Not.EqualTo(second.Value!.NonceStr));
    }

    [Test]
    public async Task A_code_that_comes_twice_is_spent_once()
    {
        _platform.Says(Exchange, Grant, """{"errcode":40163,"errmsg":"code been used"}""");
        var web = _client.Get<IWebAuthorization>();

        var grants = await Task.WhenAll(web.ExchangeAsync("CODE", default), web.ExchangeAsync("CODE", default));
        _clock.Advance(TimeSpan.FromMinutes(5));
        var later = await web.ExchangeAsync("CODE", default);

        Assert.That(grants[1].Value, Is.EqualTo(grants[0].Value).And.Property(nameof(WebGrant.IsSnapshotUser)).True);
        Assert.That(later.Error?.Class, Is.EqualTo(ErrorClass.ReauthoriseUser));
    }

    [Test]
    public async Task A_refused_grant_does_not_touch_the_accounts_token()
    {
        _platform.Says(Exchange, Grant);
        _platform.Says("/sns/userinfo", """{"errcode":40001,"errmsg":"invalid credential"}""");
        var web = _client.Get<IWebAuthorization>();
        var grant = (await web.ExchangeAsync("CODE", default)).Value!;

        var user = await web.UserAsync(grant, default);

        Assert.That(user.Error?.Class, Is.EqualTo(ErrorClass.ReauthoriseUser));
        Assert.That(_platform.AskedFor(ScriptedPlatform.Token), Is.Empty);
        Assert.That(grant.ToString(), Does.Not.Contain("OAUTH"));
    }

    [Test]
    public async Task Sends_browsers_to_the_platforms_own_pages()
    {
        await using var client = new ApiClient("");

        var authorize = client.Get<IWebAuthorization>().AuthorizeUrl(new("https://www.example.gov.cn/wx/cb"), "a1b2c3", WebScope.Base);
        var picture = client.Get<IQrCodes>().PictureOf(new("gQ==", "", null));

        Assert.That(authorize.AbsoluteUri, Is.EqualTo(
            "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1234567890abcdef&redirect_uri=https%3A%2F%2Fwww.example.gov.cn%2Fwx%2Fcb"
            + "&response_type=code&scope=snsapi_base&state=a1b2c3#wechat_redirect"));
        Assert.That(picture.AbsoluteUri, Is.EqualTo("https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ%3D%3D"));
    }

    [Test]
    public async Task Clears_the_quota_by_secret_in_either_way_the_documentation_knows()
    {
        _platform.Says("/cgi-bin/clear_quota/v2", """{"errcode":41002,"errmsg":"appid missing"}""", """{"errcode":0,"errmsg":"ok"}""");

        var result = await _client.Get<IPlatform>().ClearQuotaBySecretAsync(default);

        var asked = _platform.AskedFor("/cgi-bin/clear_quota/v2").ToList();
        Assert.That(result.Ok, Is.True);
        Assert.That(asked[0].Text, Is.EqualTo($$"""{"appid":"wx1234567890abcdef","appsecret":"{{ApiClient.Secret}}"}"""));
        Assert.That(asked[1].Query, Is.EqualTo(new Dictionary<string, string> { ["appid"] = "wx1234567890abcdef", ["appsecret"] = ApiClient.Secret }));
    }
}
