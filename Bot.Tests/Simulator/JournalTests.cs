using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class JournalTests
{
    [Test]
    public async Task Secrets_and_tokens_are_masked()
    {
        await using var rig = await Rig.StartAsync();
        var token = await rig.TokenAsync();
        await rig.ClassicAsync();
        await rig.GetAsync($"/cgi-bin/getcallbackip?access_token={token}");
        var all = string.Concat((await rig.JournalAsync()).Select(e => e.ToJsonString()));
        Assert.That(all, Does.Contain("getcallbackip"));
        Assert.That(all, Does.Not.Contain(token).And.Not.Contain(rig.Options.AppSecret));
    }

    [Test]
    public async Task It_forgets_the_oldest()
    {
        await using var rig = await Rig.StartAsync(o => o.JournalLength = 3);
        for (var i = 0; i < 5; i++)
            await rig.SayAsync($"第{i}句");
        Assert.That((await rig.JournalAsync()).Select(e => (string)e["title"]!), Is.EqualTo((string[])["文本消息 · 第4句", "文本消息 · 第3句", "文本消息 · 第2句"]));
    }

    [Test]
    public async Task An_unknown_path_is_answered_in_the_platforms_way_and_noted()
    {
        await using var rig = await Rig.StartAsync();
        Assert.That((int)(await rig.GetAsync("/cgi-bin/no/such/thing"))["errcode"]!, Is.EqualTo(40066));
        var entry = (await rig.JournalAsync("&kind=call"))[0];
        Assert.That(((string)entry["title"]!, (bool)entry["good"]!), Is.EqualTo(("GET /cgi-bin/no/such/thing", false)));
    }

    [TestCase("busy", -1)]
    [TestCase("minuteQuota", 45011)]
    [TestCase("tokenInvalid", 40001)]
    public async Task A_fault_strikes_as_often_as_asked(string kind, int code)
    {
        await using var rig = await Rig.StartAsync();
        var path = $"/cgi-bin/getcallbackip?access_token={await rig.TokenAsync()}";
        await rig.ControlAsync(HttpMethod.Put, "faults", new JsonObject { ["kind"] = kind, ["path"] = "/cgi-bin/getcallbackip", ["rate"] = 1, ["times"] = 1 });
        Assert.That((int)(await rig.GetAsync(path))["errcode"]!, Is.EqualTo(code));
        var next = await rig.GetAsync(path);
        Assert.That((int?)next["errcode"] ?? 0, Is.EqualTo(kind == "tokenInvalid" ? 40001 : 0), "an invalidated token stays so");
        Assert.That((await rig.ControlAsync(HttpMethod.Get, "faults")).AsArray(), Is.Empty);
    }

    [Test]
    public async Task Verification_asks_for_the_echo()
    {
        await using var rig = await Rig.StartAsync();
        Assert.That((await rig.ControlAsync("verify", []))["fault"], Is.Null);
        Assert.That((string)(await rig.JournalAsync())[0]["outcome"]!, Is.EqualTo("通过"));
    }

    [Test]
    public async Task Another_site_cannot_steer_it()
    {
        await using var rig = await Rig.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/simulator/control/verify");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await rig.Http.SendAsync(request);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("", "text/html")]
    [TestCase("assets/app.js", "text/javascript")]
    [TestCase("assets/chat.css", "text/css")]
    public async Task The_page_travels_in_the_assembly(string file, string type)
    {
        await using var rig = await Rig.StartAsync();
        using var page = await rig.Http.GetAsync($"/simulator/{file}");
        Assert.That(page.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("script-src 'self'").And.Not.Contain("unsafe"));
    }

    [Test]
    public async Task The_page_holds_no_inline_script_or_style()
    {
        await using var rig = await Rig.StartAsync();
        Assert.That(await rig.Http.GetStringAsync("/simulator/"), Does.Not.Match("""<style|style=|\son\w+=|<script(?![^>]*src=)"""));
    }

    [Test]
    public async Task The_menu_must_keep_its_lengths()
    {
        await using var rig = await Rig.StartAsync();
        var four = JsonNode.Parse("""{"button":[{"type":"click","name":"一二三四五六","key":"A"}]}""")!.AsObject();
        Assert.That((int)(await rig.CallAsync("/cgi-bin/menu/create", four))["errcode"]!, Is.EqualTo(40018));
        Assert.That((int)(await rig.GetAsync($"/cgi-bin/menu/get?access_token={await rig.TokenAsync()}"))["errcode"]!, Is.EqualTo(46003));
    }
}
