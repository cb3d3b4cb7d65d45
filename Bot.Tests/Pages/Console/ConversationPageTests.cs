using System.Net;
using System.Net.Http.Json;
using Bot.Data.Conversations;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

public sealed class ConversationPageTests
{
    private TestHost host = null!;
    private HttpClient agent = null!;
    private IDeskCalls calls = null!;
    private IConversations conversations = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        agent = await host.SignInAsync("shouli");
        (calls, conversations) = (host.Services.GetRequiredService<IDeskCalls>(), host.Services.GetRequiredService<IConversations>());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        agent.Dispose();
        await host.DisposeAsync();
    }

    private async Task<long> CallAsync(string citizen, params string[] words)
    {
        await calls.OpenAsync(new(citizen), default);
        foreach (var said in words)
            await calls.HearAsync(new(citizen), said, $"{citizen}-{said}", null, default);
        return (await conversations.ListAsync(false, default)).Single(row => row.Citizen == new OpenId(citizen)).Id;
    }

    [Test]
    public async Task A_call_is_listed_answered_and_handed_back()
    {
        var id = await CallAsync("oCaller-000001", "社保卡丢了", "社保卡丢了", "<b>怎么办</b>");
        var page = await agent.GetStringAsync($"/console/conversations/{id}");
        Assert.That(page, Does.Contain("…000001").And.Contain("待答复").And.Contain("社保卡丢了").And.Contain("&lt;b&gt;"));
        Assert.That((await conversations.FindAsync(id, default))!.Value.Lines, Has.Count.EqualTo(2), "a repeated delivery is kept once");

        var (address, hidden) = await agent.FormAsync($"/console/conversations/{id}", "Answer");
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => agent.PostAsync(address, ConsoleHost.Content(hidden, new() { ["Words"] = "请带身份证到大厅补办" }))));
        Assert.That(both.Select(b => b.StatusCode), Is.All.EqualTo(HttpStatusCode.Redirect));
        var (row, lines) = (await conversations.FindAsync(id, default))!.Value;
        Assert.That(lines.Where(l => l.By == "shouli").Select(l => l.Words), Is.EqualTo(new[] { "请带身份证到大厅补办" }), "a double click answers once");
        Assert.That(lines[^1].Sent, Is.False, "the simulator knows no such citizen: told honestly");
        Assert.That(row.Waits, Is.False);

        using var closed = await agent.SendAsync($"/console/conversations/{id}", "Close", []);
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await calls.HearAsync(new("oCaller-000001"), "还在吗", "later", null, default), Is.False, "the bot answers again");
        using var late = await agent.PostAsync(address, ConsoleHost.Content(new(hidden) { ["_once"] = Guid.NewGuid().ToString("N") }, new() { ["Words"] = "还有一句" }));
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("会话已经结束"));
    }

    [TestCase("", "", "请填写答复")]
    [TestCase("long", "", "最多 600 个字")]
    [TestCase("", "是\n否", "请先写明要对方选什么")]
    [TestCase("选一个", "只有一个", "选项为 2 至 9 个")]
    [TestCase("选一个", "一二三四五六七八九十一二三四五六七八九十一\n否", "每个选项最多 20 个字")]
    public async Task An_answer_that_cannot_be_sent_is_refused(string words, string options, string told)
    {
        var id = await CallAsync("oCaller-000002", "你好");
        using var answer = await agent.SendAsync($"/console/conversations/{id}", "Answer", new() { ["Words"] = words == "long" ? new string('长', 601) : words, ["Options"] = options });
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(told));
    }

    [Test]
    public async Task Pictures_and_answers_to_tap_are_sent_beside_words_and_what_the_bot_knows_stands_there()
    {
        using var simulator = new HttpClient { BaseAddress = host.Address };
        var created = await simulator.PostAsJsonAsync("/simulator/control/citizens", new { name = "市民小图", follows = true });
        var citizen = System.Text.Json.Nodes.JsonNode.Parse(await created.Content.ReadAsStringAsync())![0]!["openId"]!.GetValue<string>();
        await simulator.PostAsJsonAsync($"/simulator/control/citizens/{citizen}/messages", new { kind = "text", text = "你好", wait = true });
        var id = await CallAsync(citizen, "居住证要带什么材料");
        Assert.That(await agent.GetStringAsync($"/console/conversations/{id}"), Does.Contain("机器人会这样答").And.Contain("居住证申领").And.Contain("这位市民"));

        var (address, hidden) = await agent.FormAsync($"/console/conversations/{id}", "Answer");
        async Task<HttpResponseMessage> SendAsync(byte[] picture, string words, string options)
        {
            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in hidden)
                form.Add(new StringContent(name == "_once" ? Guid.NewGuid().ToString("N") : value!), name);
            form.Add(new StringContent(words), "Words");
            form.Add(new StringContent(options), "Options");
            if (picture.Length > 0)
                form.Add(new ByteArrayContent(picture), "Picture", "流程图.png");
            return await agent.PostAsync(address, form);
        }

        using var broken = await SendAsync("<script>"u8.ToArray(), "", "");
        Assert.That(await broken.Content.ReadAsStringAsync(), Does.Contain("这不是能用的图片"));
        using var image = new ImageMagick.MagickImage(ImageMagick.MagickColors.SteelBlue, 40, 30);
        using var shown = await SendAsync(image.ToByteArray(ImageMagick.MagickFormat.Png), "您要哪一项？", "补领\n换领");
        Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await shown.Content.ReadAsStringAsync());
        var lines = (await conversations.FindAsync(id, default))!.Value.Lines.Where(line => line.By is not null).ToArray();
        Assert.That(lines.Select(line => (line.Words, line.Sent)), Is.EqualTo(new (string, bool?)[] { ("（图片）流程图.png", true), ("您要哪一项？\n○ 补领\n○ 换领", true) }));
        var chat = await simulator.GetStringAsync($"/simulator/control/citizens/{citizen}/chat?after=0");
        Assert.That(chat, Does.Contain("image").And.Contain("换领"));

        using var kept = await simulator.PostAsync("/simulator/control/media", new ByteArrayContent(image.ToByteArray(ImageMagick.MagickFormat.Jpeg)));
        var media = System.Text.Json.Nodes.JsonNode.Parse(await kept.Content.ReadAsStringAsync())!["mediaId"]!.GetValue<string>();
        foreach (var (key, picture) in new[] { ("photo", media), ("photo", media), ("gone", "no-such-media") })
            await calls.HearAsync(new(citizen), "（图片）", key, picture, default);
        IReadOnlyList<ConversationLine> all = [];
        await Bot.Tests.Delivery.Eventually.IsTrueAsync(async () => (all = (await conversations.FindAsync(id, default))!.Value.Lines).Count(l => l.Picture is "kept" or "failed") == 3, "fetched or given up");
        Assert.That(all.Where(l => l.Picture is not null).Select(l => (l.By, l.Picture)), Is.EqualTo(new[] { ("shouli", "kept"), (null, "kept"), ((string?)null, "failed") }));
        var page = WebUtility.HtmlDecode(await agent.GetStringAsync($"/console/conversations/{id}"));
        Assert.That(page, Does.Contain("对方发来的图片").And.Contain("发给对方的图片").And.Contain("没有取到"));
        var photo = $"/console/conversations/{id}?handler=Picture&line={all.Single(l => l is { By: null, Picture: "kept" }).Id}";
        Assert.That(page, Does.Contain($"{photo}&small=true"));
        using var large = await agent.GetAsync(photo);
        Assert.That((large.StatusCode, large.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/jpeg")));
        Assert.That((await agent.GetAsync(photo.Replace($"/{id}?", $"/{id + 1}?", StringComparison.Ordinal))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "of another conversation");
    }

    [Test]
    public async Task Two_calls_of_one_citizen_are_one_conversation()
    {
        var first = await CallAsync("oCaller-000003", "一");
        Assert.That(await CallAsync("oCaller-000003", "二"), Is.EqualTo(first));
        await calls.LeaveAsync(new("oCaller-000003"), default);
        Assert.That(await CallAsync("oCaller-000003", "三"), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Canned_replies_are_at_hand()
    {
        using var added = await agent.SendAsync("/console/canned-replies", "Add", new() { ["Name"] = "请稍候", ["Words"] = "您好，正在为您查询，请稍候。" });
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var twice = await agent.SendAsync("/console/canned-replies", "Add", new() { ["Name"] = "请稍候", ["Words"] = "x" });
        Assert.That(await twice.Content.ReadAsStringAsync(), Does.Contain("已有同名的常用语"));
        var id = await CallAsync("oCaller-000004", "在吗");
        Assert.That(await agent.GetStringAsync($"/console/conversations/{id}"), Does.Contain("data-words=\"您好，正在为您查询，请稍候。\""));
    }

    [Test]
    public async Task Who_waits_stands_on_the_desk()
    {
        await CallAsync("oCaller-000005", "有人吗，我等了很久");
        Assert.That(await agent.GetStringAsync("/console"), Does.Contain("待答复会话").And.Contain("有人吗，我等了很久"));
        using var editor = await host.SignInAsync("bianji");
        Assert.That(await editor.GetStringAsync("/console"), Does.Not.Contain("有人吗"));
    }
}
