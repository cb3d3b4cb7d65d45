using System.Net;
using Bot.Data.Policies;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>政策库: from a copy to the public page, and what its forms refuse.</summary>
public sealed class PolicyPagesTests
{
    private TestHost host = null!;
    private HttpClient editor = null!;
    private HttpClient chief = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        (editor, chief) = (await host.SignInAsync("bianji"), await host.SignInAsync("admin"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        editor.Dispose();
        chief.Dispose();
        await host.DisposeAsync();
    }

    private static Dictionary<string, string?> Document(string id, string title) => new()
    {
        ["Input.Id"] = id, ["Input.Type"] = "Guide", ["Input.Title"] = title, ["Input.Issuer"] = "市公安局", ["Input.Category"] = "户籍证件", ["Input.Status"] = "InForce",
    };

    private static async Task<string> TextAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static async Task DoneAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await TextAsync(answer));
    }

    [Test]
    public async Task The_list_opens_without_a_complaint() =>
        Assert.That(WebUtility.HtmlDecode(await editor.GetStringAsync("/console/policies")), Does.Not.Contain("有内容需要修改"));

    [Test]
    public async Task A_copy_is_public_once_somebody_else_reviewed_and_issued_it()
    {
        const string Page = "/console/policies/item/N1";
        var document = Document("N1", "无人机飞行报备");
        document["Input.Body"] = "<h1>一、范围</h1><p onclick=alert(1)>本市<script>alert(1)</script></p>";
        document["Input.Materials"] = "身份证\r\n\r\n 飞行计划 ";
        await DoneAsync(editor.SendAsync("/console/policies/edit", "Save", document));
        await DoneAsync(editor.SendAsync(Page, "Submit", []));
        Assert.That(await editor.GetStringAsync(Page), Does.Not.Contain("handler=Review"), "own work");
        await DoneAsync(chief.SendAsync(Page, "Review", []));
        await DoneAsync(chief.SendAsync(Page, "Issue", []));

        using var reader = host.Visitor();
        await Eventually(async () => (await reader.GetAsync("/p/N1")).StatusCode == HttpStatusCode.OK);
        var page = await reader.GetStringAsync("/p/N1");
        Assert.That(page, Does.Contain("<h2>一、范围</h2><p>本市</p>").And.Contain("飞行计划").And.Not.Contain("alert(1)"));

        document["Input.Fee"] = "不收费";
        await DoneAsync(editor.SendAsync("/console/policies/edit/N1", "Save", document));
        await DoneAsync(editor.SendAsync(Page, "Submit", []));
        await DoneAsync(chief.SendAsync(Page, "Review", []));
        await DoneAsync(chief.SendAsync(Page, "Issue", []));
        await Eventually(async () => (await reader.GetAsync("/p/N1/versions/2")).StatusCode == HttpStatusCode.OK);
        Assert.That(WebUtility.HtmlDecode(await reader.GetStringAsync("/p/N1/versions/2")), Does.Contain("新增：</span>不收费").And.Not.Contain("bianji"));
        using var never = await reader.GetAsync("/p/N1/versions/3");
        Assert.That(never.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("Input.Title", "", "必填")]
    [TestCase("Input.Id", "../x", "编号只能含字母、数字、- 和 _")]
    [TestCase("Input.Id", "P001", "这个编号已经有内容")]
    [TestCase("Input.SuccessorId", "NOPE", "没有编号为“NOPE”的已发布内容")]
    [TestCase("Input.EffectiveOn", "明天", "Input.EffectiveOn")]
    [TestCase("Input.Type", "77", "Input.Type")]
    [TestCase("Input.Summary", "这里有坏词呢", "含有敏感词“坏词”")]
    public async Task What_is_odd_is_refused_beside_the_field_and_nothing_is_kept(string field, string value, string why)
    {
        host.Services.GetRequiredService<SensitiveWords>().Replace(["坏词"]);
        var document = Document("N9", "题目");
        document[field] = value;
        using var answer = await editor.SendAsync("/console/policies/edit", "Save", document);
        var page = await TextAsync(answer);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Match($"data-valmsg-for=\"{field}\"[^>]*>[^<]+<"));
        if (!why.StartsWith("Input", StringComparison.Ordinal) && why != "必填")
            Assert.That(page, Does.Contain(why));
        Assert.That(await host.Services.GetRequiredService<IPolicyDrafts>().FindAsync("N9", default), Is.Null);
    }

    [Test]
    public async Task A_miss_becomes_an_alias_in_one_click_and_a_second_click_says_that_it_is_done()
    {
        var questions = host.Services.GetRequiredService<IPolicyQuestions>();
        await questions.RecordAsync([new(1, DateTimeOffset.UtcNow, "滨海绿本本咋整", "滨海绿本本咋整", [])], [], default);
        var (address, form) = await editor.FormAsync("/console/policies/misses", "Alias");
        form["id"] = "P001";
        await DoneAsync(editor.PostAsync(address, ConsoleHost.Content(form, [])));
        var library = host.Services.GetRequiredService<PolicyLibrary>();
        await Eventually(() => Task.FromResult(library.Shelf.Index.Search("滨海绿本本", new Bot.Handlers.Policies.Search.Hit[1]) > 0));
        Assert.That(await questions.CountMissesAsync(default), Is.Zero);
    }

    [Test]
    public async Task Only_an_administrator_imports_and_a_wrong_file_changes_nothing()
    {
        using var wrong = new MultipartFormDataContent { { new StringContent("编号,标题,发布机构,主题分类\nI1,好,局,类\nI2,,局,类\n"), "Upload", "表.csv" } };
        var (address, form) = await chief.FormAsync("/console/policies/import", null);
        foreach (var (name, value) in form)
            wrong.Add(new StringContent(value ?? ""), name);
        using var answer = await chief.PostAsync(address, wrong);
        Assert.That(await TextAsync(answer), Does.Contain("有 1 行需要修改，没有导入任何内容").And.Contain("不能为空"));
        Assert.That(await host.Services.GetRequiredService<IPolicies>().FindAsync(["I1"], default), Is.Empty);
        Assert.That(WebUtility.HtmlDecode(await editor.GetStringAsync("/console/policies/import")), Does.Contain("须由管理员操作").And.Not.Contain("type=\"file\""));
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if (await holds())
                return;
            await Task.Delay(50);
        }

        Assert.Fail("not within five seconds");
    }
}
