using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class FollowingTests
{
    [Test]
    public async Task A_stranger_cannot_write_before_following()
    {
        await using var rig = await Rig.StartAsync(follows: false);
        using var refused = await rig.Http.PostAsJsonAsync($"/simulator/control/citizens/{rig.OpenId}/messages", new { kind = "text", text = "在吗" });
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(rig.Heard, Is.Empty);
    }

    [Test]
    public async Task Following_shows_the_welcome_and_leaving_shows_nothing()
    {
        await using var rig = await Rig.StartAsync(follows: false);
        rig.Bot = m => m is SubscribeEvent ? Reply.Say("欢迎") : Reply.Say("再见");
        Assert.That((string)(await rig.ActAsync("follow"))["reply"]!["text"]!, Is.EqualTo("欢迎"));
        await rig.ActAsync("unfollow");
        Assert.That(rig.Heard.Select(m => m.Kind), Is.EqualTo((string[])["subscribe", "unsubscribe"]));
        Assert.That((await rig.ChatAsync()).Select(e => (string?)e["body"]!["text"]), Has.None.EqualTo("再见"));
    }

    [Test]
    public async Task A_scanned_code_is_followed_by_its_scene_and_then_scanned()
    {
        await using var rig = await Rig.StartAsync(follows: false);
        var made = await rig.CallAsync("/cgi-bin/qrcode/create", JsonNode.Parse("""{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"checkin_1"}}}""")!.AsObject());
        await rig.ActAsync("scan", new JsonObject { ["scene"] = "checkin_1" });
        await rig.ActAsync("scan", new JsonObject { ["scene"] = "checkin_1" });
        Assert.Multiple(() =>
        {
            Assert.That(((SubscribeEvent)rig.Heard[0]).Scene, Is.EqualTo("checkin_1"));
            Assert.That(((ScanEvent)rig.Heard[1]).Ticket, Is.EqualTo((string)made["ticket"]!));
        });
        using var picture = await rig.Http.GetAsync($"/simulator/api/cgi-bin/showqrcode?ticket={Uri.EscapeDataString((string)made["ticket"]!)}");
        Assert.That(picture.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
    }

    [Test]
    public async Task Followers_are_listed_and_known_by_what_may_be_told()
    {
        await using var rig = await Rig.StartAsync();
        var token = await rig.TokenAsync();
        var list = await rig.GetAsync($"/cgi-bin/user/get?access_token={token}");
        Assert.That(list["data"]!["openid"]!.AsArray().Select(o => (string)o!), Is.EqualTo((string[])[rig.OpenId]));
        var info = await rig.GetAsync($"/cgi-bin/user/info?access_token={token}&openid={rig.OpenId}");
        Assert.That(((int)info["subscribe"]!, info["nickname"]), Is.EqualTo((1, (JsonNode?)null)));
        await rig.ActAsync("unfollow");
        Assert.That((await rig.GetAsync($"/cgi-bin/user/get?access_token={token}"))["data"], Is.Null, "an empty page has no data");
        Assert.That((int)(await rig.GetAsync($"/cgi-bin/user/info?access_token={token}&openid={rig.OpenId}"))["subscribe"]!, Is.Zero);
    }

    [Test]
    public async Task A_tag_reaches_its_followers_by_mass_message()
    {
        await using var rig = await Rig.StartAsync();
        var other = await rig.AddCitizenAsync();
        var tag = (int)(await rig.CallAsync("/cgi-bin/tags/create", JsonNode.Parse("""{"tag":{"name":"居住证"}}""")!.AsObject()))["tag"]!["id"]!;
        await rig.CallAsync("/cgi-bin/tags/members/batchtagging", new JsonObject { ["openid_list"] = new JsonArray(rig.OpenId), ["tagid"] = tag });
        var mass = new JsonObject
        {
            ["filter"] = new JsonObject { ["is_to_all"] = false, ["tag_id"] = tag },
            ["msgtype"] = "text",
            ["text"] = new JsonObject { ["content"] = "停水通知" },
            ["clientmsgid"] = "mass-1",
        };
        var sent = await rig.CallAsync("/cgi-bin/message/mass/sendall", mass);
        await Rig.EventuallyAsync(() => { lock (rig.Heard) return rig.Heard.Count == 1; }, "no result came");
        Assert.That((await rig.ChatAsync()).Select(e => (string)e["body"]!["text"]!), Is.EqualTo((string[])["停水通知"]));
        Assert.That(await rig.ChatAsync(other), Is.Empty);
        var again = await rig.CallAsync("/cgi-bin/message/mass/sendall", mass);
        Assert.That(((int)again["errcode"]!, (long)again["msg_id"]!), Is.EqualTo((45065, (long)sent["msg_id"]!)));
    }

    [Test]
    public async Task A_page_learns_the_citizen_once_by_code()
    {
        await using var rig = await Rig.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = rig.Http.BaseAddress };
        browser.DefaultRequestHeaders.Add("Cookie", $"simulator_citizen={rig.OpenId}");
        using var back = await browser.GetAsync(
            $"/simulator/api/connect/oauth2/authorize?appid={rig.Options.AppId}&redirect_uri=https%3A%2F%2Fwww.example.gov.cn%2Fcb&response_type=code&scope=snsapi_base&state=a1");
        var query = System.Web.HttpUtility.ParseQueryString(back.Headers.Location!.Query);
        Assert.That(query["state"], Is.EqualTo("a1"));
        var exchange = $"/sns/oauth2/access_token?appid={rig.Options.AppId}&secret={rig.Options.AppSecret}&code={query["code"]}&grant_type=authorization_code";
        Assert.That((string)(await rig.GetAsync(exchange))["openid"]!, Is.EqualTo(rig.OpenId));
        Assert.That((int)(await rig.GetAsync(exchange))["errcode"]!, Is.EqualTo(40163));
    }
}
