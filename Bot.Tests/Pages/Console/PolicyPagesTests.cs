using System.Net;
using Bot.Data.Policies;
using Bot.Data.Privacy;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Host.Pages.Console.Policies;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>政策库: from a copy to the public page, and what its forms refuse.</summary>
public sealed class PolicyPagesTests
{
    private TestHost _host = null!;
    private HttpClient _editor = null!;
    private HttpClient _chief = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        (_editor, _chief) = (await _host.SignInAsync("bianji"), await _host.SignInAsync("admin"));
        await _host.Services.GetRequiredService<ISensitiveWords>().AddAsync(["坏词"], "test", default);
        await Eventually.IsTrueAsync(() => _host.Services.GetRequiredService<SensitiveWords>().Holds("坏词"), "the word is known");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _editor.Dispose();
        _chief.Dispose();
        await _host.DisposeAsync();
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

    [TestCase("/console/policies?p=0")]
    [TestCase("/console/policies/misses?p=0")]
    [TestCase("/console/policies/misses?p=999999999")]
    public async Task A_page_that_is_not_there_is_no_error(string path)
    {
        using var answer = await _editor.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public void Markup_that_begins_with_words_stays_markup()
    {
        var imported = new Policy { Id = "N2", Type = PolicyType.Guide, Title = "补贴", Issuer = "民政局", Category = "民政", Body = "每月五百元", BodyHtml = "每月<strong>五百</strong>元" };
        Assert.That(PolicyInput.Of(imported).ToPolicy([]).BodyHtml, Is.EqualTo("<p>每月<strong>五百</strong>元</p>"));
    }

    [Test]
    public async Task A_copy_is_public_once_somebody_else_reviewed_and_issued_it()
    {
        const string Page = "/console/policies/item/N1";
        var document = Document("N1", "无人机飞行报备");
        document["Input.Body"] = "<h1>一、范围</h1><p onclick=alert(1)>本市<script>alert(1)</script></p>";
        document["Input.Materials"] = "身份证\r\n\r\n 飞行计划 ";
        await DoneAsync(_editor.SendAsync("/console/policies/edit", "Save", document));
        await DoneAsync(_editor.SendAsync(Page, "Submit", []));
        Assert.That(await _editor.GetStringAsync(Page), Does.Not.Contain("handler=Review"), "own work");
        await DoneAsync(_chief.SendAsync(Page, "Review", []));
        await DoneAsync(_chief.SendAsync(Page, "Issue", []));

        using var reader = _host.Visitor();
        await Eventually.IsTrueAsync(async () => (await reader.GetAsync("/p/N1")).StatusCode == HttpStatusCode.OK, "it is public");
        var page = await reader.GetStringAsync("/p/N1");
        Assert.That(page, Does.Contain("<h2>一、范围</h2><p>本市</p>").And.Contain("飞行计划").And.Not.Contain("alert(1)"));

        document["Input.Fee"] = "不收费";
        document["Input.Aliases"] = "飞手报备";
        await DoneAsync(_editor.SendAsync("/console/policies/edit/N1", "Save", document));
        await DoneAsync(_editor.SendAsync(Page, "Submit", []));
        await DoneAsync(_chief.SendAsync(Page, "Review", []));
        await DoneAsync(_chief.SendAsync(Page, "Issue", []));
        await Eventually.IsTrueAsync(async () => (await reader.GetAsync("/p/N1/versions/2")).StatusCode == HttpStatusCode.OK, "the second version is public");
        Assert.That(WebUtility.HtmlDecode(await reader.GetStringAsync("/p/N1/versions/2")), Does.Contain("新增：</span>不收费").And.Not.Contain("bianji").And.Not.Contain("飞手报备"));
        using var never = await reader.GetAsync("/p/N1/versions/3");
        Assert.That(never.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("Input.Title", "", "必填")]
    [TestCase("Input.Id", "../x", "编号只能含字母、数字、- 和 _")]
    [TestCase("Input.Id", "P001", "这个编号已经有内容")]
    [TestCase("Input.SuccessorId", "NOPE", "没有编号为“NOPE”的已发布内容")]
    [TestCase("Input.EffectiveOn", "明天", "Input.EffectiveOn")]
    [TestCase("Input.EffectiveOn", "0202-01-01", "请核对年份：1949 至 2100 年")]
    [TestCase("Input.LapsesOn", "9999-12-31", "请核对年份：1949 至 2100 年")]
    [TestCase("Input.Type", "77", "Input.Type")]
    [TestCase("Input.Summary", "这里有坏词呢", "含有敏感词“坏词”")]
    [TestCase("Input.Body", "<p>这里有坏<b>词</b>呢</p>", "含有敏感词“坏词”")]
    public async Task What_is_odd_is_refused_beside_the_field_and_nothing_is_kept(string field, string value, string why)
    {
        var document = Document("N9", "题目");
        document[field] = value;
        using var answer = await _editor.SendAsync("/console/policies/edit", "Save", document);
        var page = await TextAsync(answer);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Match($"data-valmsg-for=\"{field}\"[^>]*>[^<]+<"));
        if (!why.StartsWith("Input", StringComparison.Ordinal) && why != "必填")
            Assert.That(page, Does.Contain(why));
        Assert.That(await _host.Services.GetRequiredService<IPolicyDrafts>().FindAsync("N9", default), Is.Null);
    }

    [TestCase("a%20b")]
    [TestCase("..%2Fx")]
    [TestCase("Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_odd_id_in_the_address_is_not_found_and_nothing_is_kept(string id)
    {
        var (_, form) = await _editor.FormAsync("/console/policies/edit", "Save");
        using var posted = await _editor.PostAsync($"/console/policies/edit/{id}?handler=Save", ConsoleHost.Content(form, Document("N9", "题目")));
        using var got = await _editor.GetAsync($"/console/policies/edit/{id}");
        Assert.That((posted.StatusCode, got.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task A_new_life_event_does_not_overwrite_one_that_has_its_name()
    {
        var words = _host.Services.GetRequiredService<IPolicyWords>();
        var before = (await words.LifeEventsAsync(default)).Single(e => e.Id == "move");
        using var answer = await _editor.SendAsync("/console/policies/words", "Event", new()
        {
            ["id"] = "move", ["name"] = "别的事", ["phrases"] = "别的说法", ["matters"] = "P001", ["isNew"] = "true",
        });
        Assert.That(await TextAsync(answer), Does.Contain("代号“move”已经有了"));
        Assert.That((await words.LifeEventsAsync(default)).Single(e => e.Id == "move").Name, Is.EqualTo(before.Name));
        await DoneAsync(_editor.SendAsync("/console/policies/words", "Event", new()
        {
            ["id"] = "adopt", ["name"] = "收养孩子", ["phrases"] = "想收养孩子", ["matters"] = "P001", ["isNew"] = "true",
        }));
        Assert.That((await words.LifeEventsAsync(default)).Single(e => e.Id == "adopt").Name, Is.EqualTo("收养孩子"));
    }

    [Test]
    public async Task A_miss_becomes_an_alias_in_one_click_and_whoever_comes_later_is_told_so()
    {
        await _host.Services.GetRequiredService<IPolicyQuestions>().RecordAsync([new(1, DateTimeOffset.UtcNow, "滨海绿本本咋整", "滨海绿本本咋整", [])], [], default);
        var (address, form) = await _editor.FormAsync("/console/policies/misses", "Alias");
        form["id"] = "P001";
        var (_, late) = await _chief.FormAsync("/console/policies/misses", "Alias");
        late["id"] = "P002";
        await DoneAsync(_editor.PostAsync(address, ConsoleHost.Content(form, [])));
        var library = _host.Services.GetRequiredService<PolicyLibrary>();
        await Eventually.IsTrueAsync(() => library.Shelf.Index.Search("滨海绿本本", new Bot.Handlers.Policies.Search.Hit[1]) > 0, "it is found");
        Assert.That(await _host.Services.GetRequiredService<IPolicyMisses>().CountAsync(default), Is.Zero);
        using var again = await _chief.PostAsync(address, ConsoleHost.Content(late, []));
        Assert.That(await TextAsync(again), Does.Contain("没有改动"));
    }

    [Test]
    public async Task Only_an_administrator_imports_and_a_wrong_file_changes_nothing()
    {
        using var wrong = new MultipartFormDataContent { { new StringContent("编号,标题,发布机构,主题分类\nI1,好,局,类\nI2,,局,类\n"), "Upload", "表.csv" } };
        var (address, form) = await _chief.FormAsync("/console/policies/import", null);
        foreach (var (name, value) in form)
            wrong.Add(new StringContent(value ?? ""), name);
        using var answer = await _chief.PostAsync(address, wrong);
        Assert.That(await TextAsync(answer), Does.Contain("有 1 行需要修改，没有导入任何内容").And.Contain("不能为空"));
        Assert.That(await _host.Services.GetRequiredService<IPolicies>().FindAsync(["I1"], default), Is.Empty);
        Assert.That(WebUtility.HtmlDecode(await _editor.GetStringAsync("/console/policies/import")), Does.Contain("须由管理员操作").And.Not.Contain("type=\"file\""));
        using var right = new MultipartFormDataContent { { new StringContent("编号,标题,发布机构,主题分类\nI1,好,局,类\n"), "Upload", "表.csv" } };
        foreach (var (name, value) in (await _editor.FormAsync("/console/me", "sign-out")).Hidden)
            right.Add(new StringContent(value ?? ""), name);
        using var refused = await _editor.PostAsync("/console/policies/import", right);
        Assert.That(await _host.Services.GetRequiredService<IPolicies>().FindAsync(["I1"], default), Is.Empty);
        Assert.That(refused.StatusCode, Is.Not.EqualTo(HttpStatusCode.Redirect), "nothing was imported");
    }
}
