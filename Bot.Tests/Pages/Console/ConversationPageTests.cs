using System.Net;
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
            await calls.HearAsync(new(citizen), said, $"{citizen}-{said}", default);
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
        Assert.That(await calls.HearAsync(new("oCaller-000001"), "还在吗", "later", default), Is.False, "the bot answers again");
        using var late = await agent.PostAsync(address, ConsoleHost.Content(new(hidden) { ["_once"] = Guid.NewGuid().ToString("N") }, new() { ["Words"] = "还有一句" }));
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("会话已经结束"));
    }

    [TestCase("", "请填写答复")]
    [TestCase("long", "最多 600 个字")]
    public async Task An_answer_that_cannot_be_sent_is_refused(string words, string told)
    {
        var id = await CallAsync("oCaller-000002", "你好");
        using var answer = await agent.SendAsync($"/console/conversations/{id}", "Answer", new() { ["Words"] = words == "long" ? new string('长', 601) : words });
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(told));
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
