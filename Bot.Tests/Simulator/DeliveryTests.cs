using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Simulator;
using Bot.Simulator.Callbacks;
using Bot.WeChat;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

[NonParallelizable]
public sealed class DeliveryTests
{
    [Test]
    public async Task Bot_and_platform_understand_each_other(
        [Values] WeChatMode mode, [Values] CallbackFormat format)
    {
        await using var rig = await Rig.StartAsync(o => (o.Mode, o.Format) = (mode, format));
        rig.Bot = m => Reply.Say($"收到：{((TextMessage)m).Content}");
        var told = await rig.SayAsync("我要办居住证😀]]>");
        Assert.That((string)told["reply"]!["text"]!, Is.EqualTo("收到：我要办居住证😀]]>"), told.ToJsonString());
        Assert.That(rig.Heard.Single().Account, Is.EqualTo(rig.Options.Account));
    }

    [Test]
    public async Task Every_act_of_a_citizen_reaches_the_bot_as_what_it_is()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ActAsync("voice", new JsonObject { ["text"] = "我想预约" });
        await rig.ActAsync("location", new JsonObject { ["label"] = "人民广场", ["latitude"] = 38.914, ["longitude"] = 121.6147 });
        await rig.ActAsync("link", new JsonObject { ["title"] = "指南", ["url"] = "https://www.example.gov.cn" });
        await rig.ActAsync("video");
        await rig.ActAsync("enter", new JsonObject { ["latitude"] = 38.914, ["longitude"] = 121.6147 });
        await rig.ActAsync("scan", new JsonObject { ["scene"] = "svc_1" });
        Assert.That(rig.Heard.Select(m => m.Kind), Is.EqualTo((string[])["voice", "location", "link", "video", "location_event", "scan"]));
        Assert.Multiple(() =>
        {
            Assert.That(((VoiceMessage)rig.Heard[0]).Recognition, Is.EqualTo("我想预约"));
            Assert.That(((LocationMessage)rig.Heard[1]).Latitude, Is.EqualTo(38.914));
            Assert.That(((ScanEvent)rig.Heard[5]).Scene, Is.EqualTo("svc_1"));
        });
    }

    [Test]
    public async Task A_picture_can_be_fetched_by_the_bot_until_it_lapses()
    {
        await using var rig = await Rig.StartAsync();
        byte[] png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
        using var body = new ByteArrayContent(png);
        body.Headers.ContentType = new("image/png");
        using var kept = await rig.Http.PostAsync("/simulator/control/media", body);
        var mediaId = (string)JsonNode.Parse(await kept.Content.ReadAsStringAsync())!["mediaId"]!;
        await rig.ActAsync("image", new JsonObject { ["mediaId"] = mediaId });
        var heard = (ImageMessage)rig.Heard.Single();
        Assert.That(await rig.Http.GetByteArrayAsync(heard.PicUrl), Is.EqualTo(png));
        Assert.That(await rig.Http.GetByteArrayAsync($"/simulator/api/cgi-bin/media/get?access_token={await rig.TokenAsync()}&media_id={heard.MediaId}"), Is.EqualTo(png));
        await rig.AdvanceAsync(TimeSpan.FromDays(3.1));
        Assert.That((int)(await rig.GetAsync($"/cgi-bin/media/get?access_token={await rig.TokenAsync()}&media_id={heard.MediaId}"))["errcode"]!, Is.EqualTo(40007));
    }

    [Test]
    public async Task A_slow_bot_gets_three_deliveries_of_one_message_each_sealed_anew()
    {
        await using var rig = await Rig.StartAsync(o => o.DeliveryTimeout = TimeSpan.FromMilliseconds(150));
        var never = new TaskCompletionSource();
        var seen = new ConcurrentQueue<(string Query, string Body)>();
        rig.Raw = async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            seen.Enqueue((http.Request.QueryString.Value!, await reader.ReadToEndAsync()));
            await never.Task;
        };
        var told = await rig.SayAsync("在吗");
        never.SetResult();
        var cipher = new PlatformCipher(rig.Options.EncodingAESKey, rig.Options.AppId);
        Assert.Multiple(() =>
        {
            Assert.That((string)told["outcome"]!, Is.EqualTo("failed"));
            Assert.That((int)told["deliveries"]!, Is.EqualTo(3));
            Assert.That(seen, Has.Count.EqualTo(3));
            Assert.That(seen.Select(s => s.Query).Distinct().Count(), Is.EqualTo(3), "nonce and signature");
            Assert.That(seen.Select(s => s.Body).Distinct().Count(), Is.EqualTo(3), "ciphertext");
            Assert.That(seen.Select(s => cipher.Decrypt(XElement.Parse(s.Body).Element("Encrypt")!.Value).Message).Distinct().Count(), Is.EqualTo(1));
        });
        var last = (await rig.ChatAsync())[^1];
        Assert.That((string)last["body"]!["text"]!, Is.EqualTo(Conversation.Unavailable));
        Assert.That((await rig.JournalAsync("&kind=push")).Select(e => (string)e["outcome"]!), Has.All.Contains("没有收到回复"));
    }

    [Test]
    public async Task A_bot_that_recovers_is_not_asked_a_third_time()
    {
        await using var rig = await Rig.StartAsync();
        var calls = 0;
        rig.Raw = async http =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else
                await http.Response.WriteAsync("success");
        };
        var told = await rig.SayAsync("在吗");
        Assert.That(((string)told["outcome"]!, (int)told["deliveries"]!, calls), Is.EqualTo(("silent", 2, 2)));
    }

    [TestCase("success")]
    [TestCase("")]
    public async Task Silence_ends_the_delivery(string body)
    {
        await using var rig = await Rig.StartAsync();
        rig.Raw = http => http.Response.WriteAsync(body);
        var told = await rig.SayAsync("在吗");
        Assert.That(((string)told["outcome"]!, (int)told["deliveries"]!), Is.EqualTo(("silent", 1)));
    }

    [Test]
    public async Task A_duplicated_push_arrives_twice_and_shows_one_reply()
    {
        await using var rig = await Rig.StartAsync();
        rig.Bot = _ => Reply.Say("好");
        await rig.ControlAsync(HttpMethod.Put, "faults", new JsonObject { ["kind"] = "duplicate", ["rate"] = 1, ["times"] = 1 });
        await rig.SayAsync("在吗");
        Assert.That(rig.Heard.Select(m => m.DedupeKey).Distinct().Count(), Is.EqualTo(1));
        Assert.That(rig.Heard, Has.Count.EqualTo(2));
        Assert.That((await rig.ChatAsync()).Count(e => (string)e["side"]! == "account"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_overtaken_push_comes_after_the_next_one()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ControlAsync(HttpMethod.Put, "faults", new JsonObject { ["kind"] = "outOfOrder", ["rate"] = 1, ["times"] = 1 });
        var first = rig.SayAsync("一");
        await Rig.EventuallyAsync(async () => (await rig.ChatAsync()).Count == 1, "the first act was not begun");
        await rig.SayAsync("二");
        await first;
        Assert.That(rig.Heard.Cast<TextMessage>().Select(m => m.Content), Is.EqualTo((string[])["二", "一"]));
    }
}
