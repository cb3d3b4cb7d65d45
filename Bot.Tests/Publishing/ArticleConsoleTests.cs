using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Data.Articles;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.Tests.Pages.Console;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed partial class ArticleConsoleTests
{
    private const string Edit = "/console/articles/edit";

    private TestHost _host = null!;
    private HttpClient _editor = null!;
    private HttpClient _reviewer = null!;
    private HttpClient _signer = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        _editor = await _host.SignInAsync("bianji");
        _reviewer = await _host.SignInAsync("shenhe");
        _signer = await _host.SignInAsync("admin");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _editor.Dispose();
        _reviewer.Dispose();
        _signer.Dispose();
        await _host.DisposeAsync();
    }

    private IArticleFolder Folder => _host.Services.GetRequiredService<IArticleFolder>();

    private static Dictionary<string, string?> Fields(string title, string body = "<p>明日停水。</p>") => new()
    {
        ["Input.Title"] = title, ["Input.Column"] = "tips", ["Input.Body"] = body, ["Input.Source"] = "市水务集团", ["Input.Policies"] = "P042",
    };

    [Test]
    public async Task An_article_goes_from_hand_to_hand_to_the_public()
    {
        var id = await SaveAsync("三人经手的通知");
        var path = $"/console/articles/{id}";
        Assert.That(await _editor.GetStringAsync("/console/articles"), Does.Contain("三人经手的通知"));
        Assert.That(await _editor.GetStringAsync("/console/articles?p=999"), Does.Contain("三人经手的通知"), "a page behind the last is the first");
        await DoesAsync(_editor, path, "Submit");
        Assert.That(await _editor.GetStringAsync(path), Does.Contain("等待编辑以外的同事审核").And.Not.Contain("handler=Approve"));
        await DoesAsync(_reviewer, path, "Approve");
        Assert.That(await _reviewer.GetStringAsync(path), Does.Contain("等待编辑和审核以外的同事签发").And.Not.Contain("handler=Sign"));
        await DoesAsync(_signer, path, "Sign");
        await Eventually.IsTrueAsync(async () => (await _host.Client.GetAsync($"/news/{id}")).StatusCode == HttpStatusCode.OK, "the article is public");
        var read = await _host.Client.GetStringAsync($"/news/{id}");
        Assert.That(read, Does.Contain("周婷").And.Contain("孙丽").And.Contain("王海"));

        using var silent = await _editor.SendAsync(path, "Withdraw", new() { ["Words"] = " " });
        Assert.That(await silent.Content.ReadAsStringAsync(), Does.Contain("请写明撤下的原因"));
        using var withdrawn = await _editor.SendAsync(path, "Withdraw", new() { ["Words"] = "时间有误" });
        Assert.That(withdrawn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var gone = await _host.Client.GetAsync($"/news/{id}");
        Assert.That(await gone.Content.ReadAsStringAsync(), Does.Contain("时间有误").And.Not.Contain("明日停水"));
    }

    [Test]
    public async Task What_was_pasted_is_cleaned_before_it_is_kept()
    {
        var id = await SaveAsync("粘贴的通知", "<p class=MsoNormal><b>粗</b><script>alert(1)</script><img src='file:///C:/x.png'><o:p></o:p></p>");
        Assert.That((await Folder.FindAsync(id, default))!.Content.Body, Is.EqualTo("<p><strong>粗</strong></p>"));
        using var answer = await UploadAsync("Clean", new StringContent("<div onclick=x>一</div>"), "html", null);
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(told.RootElement.GetProperty("html").GetString(), Is.EqualTo("<p>一</p>"));
    }

    [Test]
    public async Task A_picture_that_cannot_be_used_is_refused_with_a_reason()
    {
        byte[] large = [0x89, 0x50, 0x4e, 0x47, .. new byte[20 * 1024 * 1024]];
        Assert.That(await ProblemAsync("Picture", large, "大.png"), Does.Contain("最大 10 MB"));
        Assert.That(await ProblemAsync("Picture", "<script>alert(1)</script>"u8.ToArray(), "图.png"), Does.Contain("不是能用的图片"));
        Assert.That(await ProblemAsync("Attachment", "MZ"u8.ToArray(), "程序.exe"), Does.Contain("不能上传这种文件"));
        var cover = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "cover.png"));
        using var answer = await UploadAsync("Picture", new ByteArrayContent(cover), "file", "封面.png");
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var (id, url) = (told.RootElement.GetProperty("id").GetString(), told.RootElement.GetProperty("url").GetString());
        using var shown = await _editor.GetAsync(url);
        Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var hidden = await _host.Client.GetAsync(url);
        Assert.That(hidden.Content.Headers.ContentType?.MediaType, Is.Null.Or.Not.StartsWith("image/"), "staff only");
        // As the editor shows it, and as it is kept.
        var article = await SaveAsync("带图的通知", $"<p>图<img src=\"{url}\"></p>");
        Assert.That((await Folder.FindAsync(article, default))!.Content.Body, Is.EqualTo($"<p>图<img src=\"/news/files/{id}\"></p>"));
        Assert.That(await _editor.GetStringAsync($"{Edit}/{article}"), Does.Contain(url));
    }

    [TestCase("Input.Title", "", "请填写")]
    [TestCase("Input.Column", "nowhere", "请选择栏目")]
    [TestCase("Input.Policies", "P042 不存在", "政策库里没有编号")]
    [TestCase("Input.Cover", "00000000000000000000000000000000", "封面图已经找不到")]
    public async Task A_wrong_field_is_told_and_what_was_written_stays(string field, string value, string words)
    {
        using var answer = await _editor.SendAsync(Edit, "Save", new(Fields("写了一半的通知")) { [field] = value });
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain(words).And.Contain("明日停水"));
    }

    [Test]
    public async Task Without_a_cover_nothing_is_sent_to_WeChat_and_the_clerk_reads_why()
    {
        var id = await SaveAsync("没有封面的通知");
        var page = await _editor.GetStringAsync($"/console/articles/{id}/wechat");
        Assert.That(page, Does.Contain("没有封面图").And.Contain("本月已群发给全部粉丝"));
        using var answer = await _editor.SendAsync($"/console/articles/{id}/wechat", "Preview", []);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await _host.Services.GetRequiredService<IArticlePushes>().ListAsync(id, default), Is.Empty);
    }

    [Test]
    public async Task A_published_article_goes_to_WeChat_once()
    {
        var id = (await Folder.ListAsync(new(ArticleState.Published), default)).Rows[0].Id;
        var path = $"/console/articles/{id}/wechat";
        using var first = await _editor.SendAsync(path, "Publish", []);
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var second = await _reviewer.SendAsync(path, "Publish", []);
        Assert.That(await second.Content.ReadAsStringAsync(), Does.Contain("已经发布过，或者正在发布"));
        using var preview = await _editor.SendAsync(path, "Preview", []);
        Assert.That(await _editor.GetStringAsync(path), Does.Match("预览 [0-9]{6}"));
        await Eventually.IsTrueAsync(async () => (await _editor.GetStringAsync(path)).Contains("打开公众号文章", StringComparison.Ordinal), "the push is done");
    }

    [Test]
    public async Task A_used_up_month_is_told_before_anything_is_sent()
    {
        var pushes = _host.Services.GetRequiredService<IArticlePushes>();
        var articles = (await Folder.ListAsync(new(ArticleState.Published), default)).Rows;
        foreach (var row in articles.Take(4))
            await pushes.OrderAsync(new(row.Id, 1, PushKind.Mass, 2, "星标组"), null, ArticleDeskTests.Person("bianji"), default);
        var (path, before) = ($"/console/articles/{articles[4].Id}/wechat", (await pushes.ListAsync(articles[4].Id, default)).Count);
        var page = WebUtility.HtmlDecode(await _editor.GetStringAsync(path));
        Assert.That(page, Does.Contain("标签“星标组”的粉丝本月已经收到 4 次群发，再群发给全部粉丝时，微信不会发给他们").And.Match("<option value=\"2\" disabled[^>]*>标签：星标组"));
        using var refused = await _editor.SendAsync(path, "Mass", new() { ["Tag"] = "2" });
        Assert.That(WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), Does.Contain("标签“星标组”的粉丝本月已经收到 4 次群发").And.Contain("下个月才能再发"));
        Assert.That(await pushes.ListAsync(articles[4].Id, default), Has.Count.EqualTo(before));

        // All others may still receive it; a second one to all has to wait for the next day.
        using var all = await _editor.SendAsync(path, "Mass", []);
        Assert.That(all.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var second = await _editor.SendAsync($"/console/articles/{articles[5].Id}/wechat", "Mass", []);
        Assert.That(WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync()), Does.Contain("今天已经群发给全部粉丝 1 次，微信每天最多 1 次，请明天再发"));
        Assert.That((await pushes.ListAsync(articles[5].Id, default)).Where(p => p.Kind is PushKind.Mass && p.Tag is null), Is.Empty);
    }

    [TestCase("2206-01-01T00:00")]
    [TestCase("20266-01-01T00:00")]
    [TestCase("1999-12-31T00:00")]
    [TestCase("明天")]
    public async Task A_time_that_cannot_be_meant_signs_nothing(string time)
    {
        var id = await SaveAsync($"定时公开的通知 {time}");
        var path = $"/console/articles/{id}";
        await DoesAsync(_editor, path, "Submit");
        await DoesAsync(_reviewer, path, "Approve");
        using var answer = await _signer.SendAsync(path, "Sign", new() { ["PublishAt"] = time });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain("没有签发：公开时间请填写一年之内的时间"));
        Assert.That((await Folder.FindAsync(id, default))!.State, Is.EqualTo(ArticleState.Signing));
    }

    [Test]
    public async Task What_is_no_tag_is_not_taken_for_everybody()
    {
        var id = (await Folder.ListAsync(new(ArticleState.Published), default)).Rows[^1].Id;
        using var answer = await _editor.SendAsync($"/console/articles/{id}/wechat", "Mass", new() { ["Tag"] = "abc" });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _host.Services.GetRequiredService<IArticlePushes>().ListAsync(id, default)).Where(push => push.Kind is PushKind.Mass), Is.Empty);
    }

    [Test]
    public async Task Freshness_shows_each_column_and_its_rule_can_be_changed()
    {
        const string Watch = "/console/articles/watch";
        Assert.That(await _editor.GetStringAsync(Watch), Does.Contain("按时公开").And.Contain("快到期的文章"));
        using var wrong = await _editor.SendAsync(Watch, "Column", new() { ["name"] = "政务公开", ["within"] = "20", ["silence"] = "0" });
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("最长间隔 1 到"));
        using var saved = await _editor.SendAsync(Watch, "Column", new() { ["name"] = "政务公开", ["within"] = "20", ["silence"] = "45" });
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var refused = await _reviewer.SendAsync(Watch, "Column", new() { ["silence"] = "46" });
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Services.GetRequiredService<IArticleColumns>().AllAsync(default)).Select(c => c.LongestSilence), Does.Contain(45));
    }

    private async Task<long> SaveAsync(string title, string body = "<p>明日停水。</p>")
    {
        using var answer = await _editor.SendAsync(Edit, "Save", Fields(title, body));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return long.Parse(Number().Match(answer.Headers.Location!.ToString()).Value, null);
    }

    private static async Task DoesAsync(HttpClient client, string path, string handler)
    {
        using var answer = await client.SendAsync(path, handler, []);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), handler);
    }

    private async Task<string?> ProblemAsync(string handler, byte[] content, string name)
    {
        using var answer = await UploadAsync(handler, new ByteArrayContent(content), "file", name);
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return told.RootElement.GetProperty("problem").GetString();
    }

    private async Task<HttpResponseMessage> UploadAsync(string handler, HttpContent content, string field, string? name)
    {
        var (_, hidden) = await _editor.FormAsync(Edit, "Save");
        using var body = new MultipartFormDataContent { { new StringContent(hidden["__RequestVerificationToken"]!), "__RequestVerificationToken" } };
        if (name is null)
            body.Add(content, field);
        else
            body.Add(content, field, name);
        return await _editor.PostAsync($"{Edit}?handler={handler}", body);
    }

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Number();
}
