using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bot.Data.Messages;
using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Search;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Policies;

/// <summary>What one host learns or publishes, every host answers with.</summary>
public sealed class TwoHostsTests
{
    private TwoHosts _hosts = null!;

    [OneTimeSetUp]
    public async Task Start() => _hosts = await TwoHosts.StartAsync(database => TestHost.StartAsync(database: database));

    [OneTimeTearDown]
    public ValueTask Stop() => _hosts.DisposeAsync();

    [Test]
    public async Task A_change_on_one_host_is_found_on_another()
    {
        await _hosts.One.Services.GetRequiredService<IPolicies>().ImportAsync([Guide("N1", "无人机飞行登记")], default);
        await FoundAsync("无人机", "N1");
        await _hosts.One.Services.GetRequiredService<IPolicyWords>().AddAliasAsync("N1", "航拍器报备", "wang", default);
        await FoundAsync("航拍器报备", "N1");
        await _hosts.One.Services.GetRequiredService<IPolicyWords>().SetSynonymAsync("大疆", ["无人机飞行登记"], "wang", default);
        await FoundAsync("大疆", "N1");
        await _hosts.One.Services.GetRequiredService<IPolicyDrafts>().WithdrawAsync("N1", "wang", default);
        await Eventually.IsTrueAsync(() => Find(_hosts.Other, "无人机") != "N1", "what was withdrawn is found nowhere");
    }

    [Test]
    public async Task A_question_that_citizens_confirm_becomes_a_similar_question_everywhere()
    {
        await _hosts.One.Services.GetRequiredService<IPolicies>().ImportAsync([Guide("N2", "犬类准养证核发")], default);
        await FoundAsync("犬类准养证", "N2");
        var log = _hosts.One.Services.GetRequiredService<QuestionLog>();
        log.Settled(log.Asked(QuestionText.Of("毛孩子落籍咋整"), ["N2"]), QuestionOutcome.Helped, "N2");
        await Eventually.IsTrueAsync(() => Find(_hosts.Other, "毛孩子落籍") == "N2", "the other host has learnt it");
    }

    [Test]
    public async Task Who_asked_is_told_when_staff_answer()
    {
        var misses = _hosts.One.Services.GetRequiredService<IPolicyMisses>();
        await misses.WaitAsync("飞行汽车怎么上牌", "飞行汽车怎么上牌", new OpenId("oAsker"), default);
        Assert.That(await _hosts.Other.Services.GetRequiredService<MissDesk>().AliasAsync("飞行汽车怎么上牌", "P071", "飞行汽车上牌", "wang", default), Is.True);
        await FoundAsync("飞行汽车上牌", "P071");
        await Eventually.IsTrueAsync(async () =>
            (await _hosts.One.Services.GetRequiredService<ICitizenMessages>().UndeliveredAsync(0, 9, default)).Any(m => m.To == new OpenId("oAsker") && m.Words.Contains("现在有答案了：新车注册登记", StringComparison.Ordinal)),
            "the message was made and tried: this citizen never wrote, so that staff see it");
    }

    [Test]
    public async Task A_file_of_a_published_document_can_be_fetched_from_any_host_and_of_a_copy_from_none()
    {
        var files = _hosts.One.Services.GetRequiredService<IAttachments>();
        var id = await files.AddAsync("申请表 (一).pdf", "application/pdf", Encoding.ASCII.GetBytes("%PDF-1.7 content"), "wang", default);
        using (var early = await _hosts.Other.Client.GetAsync($"/p/N3/files/{id}"))
            Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await _hosts.One.Services.GetRequiredService<IPolicies>().ImportAsync([Guide("N3", "养蜂证") with { Attachments = [id], BodyHtml = "<p>正<b>文</b></p>", Body = "正文" }], default);
        await FoundAsync("养蜂证", "N3");

        using var whole = await _hosts.Other.Client.GetAsync($"/p/N3/files/{id}/x.pdf");
        Assert.That((await whole.Content.ReadAsStringAsync(), whole.Content.Headers.ContentType!.MediaType), Is.EqualTo(("%PDF-1.7 content", "application/pdf")));
        Assert.That(whole.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo("申请表 (一).pdf"));
        Assert.That(whole.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/p/N3/files/{id}") { Headers = { Range = new RangeHeaderValue(0, 3) } };
        using var partial = await _hosts.Other.Client.SendAsync(part);
        Assert.That((partial.StatusCode, await partial.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.PartialContent, "%PDF")));
        using var stranger = await _hosts.Other.Client.GetAsync($"/p/P001/files/{id}");
        Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "it belongs to another document");
        Assert.That(await _hosts.Other.Client.GetStringAsync("/p/N3"), Does.Contain("<p>正<b>文</b></p>").And.Contain($"/p/N3/files/{id}/").And.Contain("申请表 (一).pdf"));
    }

    [Test]
    public async Task Subscribers_are_told_once_of_what_is_published()
    {
        await _hosts.One.Services.GetRequiredService<ITopics>().JoinAsync("养殖", new OpenId("oSubscriber"), default);
        var drafts = _hosts.Other.Services.GetRequiredService<IPolicyDrafts>();
        await drafts.SaveAsync(Guide("N4", "养兔补贴") with { Category = "养殖", Summary = "每只十元" }, 0, "li", default);
        await drafts.SubmitAsync("N4", 1, "li", default);
        await drafts.ReviewAsync("N4", 2, "wang", default);
        Assert.That(await drafts.IssueAsync("N4", 3, "zhao", DateTimeOffset.UtcNow, default), Is.EqualTo(DraftResult.Done));
        await FoundAsync("养兔补贴", "N4");
        await Eventually.IsTrueAsync(async () =>
            (await _hosts.One.Services.GetRequiredService<ICitizenMessages>().UndeliveredAsync(0, 9, default)).Count(m => m.To == new OpenId("oSubscriber") && m.Words.StartsWith("您订阅的“养殖”有新发布：养兔补贴\n每只十元\n", StringComparison.Ordinal)) == 1,
            "one message was made");
    }

    private async Task FoundAsync(string question, string id)
    {
        var clock = Stopwatch.StartNew();
        await Eventually.IsTrueAsync(() => Find(_hosts.Other, question) == id, $"the other host finds {id} for {question}");
        TestContext.Out.WriteLine($"{question}: after {clock.ElapsedMilliseconds} ms");
    }

    private static string? Find(TestHost host, string question)
    {
        var hits = new Hit[1];
        return host.Services.GetRequiredService<PolicyLibrary>().Shelf.Index.Search(question, hits) > 0 && hits[0].Confidence >= PolicyIndex.Found ? hits[0].Id : null;
    }

    private static Policy Guide(string id, string title) => new() { Id = id, Type = PolicyType.Guide, Title = title, Issuer = "市政府", Category = "综合" };
}
