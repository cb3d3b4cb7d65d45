using System.Net;
using System.Text.RegularExpressions;
using Bot.Handlers.Keywords;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

/// <summary>Keyword replies and sensitive words.</summary>
public sealed class WordPagesTests : OfficeFixture
{
    [Test]
    public async Task A_keyword_reply_works_within_two_seconds_and_is_gone_as_quickly()
    {
        var rules = Host.Services.GetRequiredService<KeywordRules>();
        using var saved = await Admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = "大厅地址", ["Input.Reply"] = "滨海路 1 号", ["Input.Exact"] = "true", ["Input.Enabled"] = "true" });
        Assert.That(await FollowAsync(saved), Does.Contain("已保存，两秒内生效"));
        Assert.That(() => rules.Find("大厅地址"), Is.EqualTo("滨海路 1 号").After(2000, 20));

        using var twice = await Admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = "大厅地址", ["Input.Reply"] = "别处" });
        Assert.That(await TextAsync(twice), Does.Contain("已有回复"));
        var page = await Admin.GetStringAsync("/console/keywords?q=%E5%A4%A7%E5%8E%85");
        var path = Regex.Match(page, "/console/keywords/[1-9][0-9]*").Value;
        using var deleted = await Admin.SendAsync(path, "Delete", []);
        Assert.That(await FollowAsync(deleted), Does.Contain("已删除"));
        Assert.That(() => rules.Find("大厅地址"), Is.Null.After(2000, 20));
    }

    [TestCase("", "x", "请填写关键词")]
    [TestCase("帮助", "x", "机器人自己的指令")]
    [TestCase("问候", "", "请填写回复内容")]
    [TestCase("问候", "long", "回复太长")]
    public async Task A_keyword_reply_that_cannot_work_is_refused(string keyword, string reply, string words)
    {
        var said = reply == "long" ? new string('长', 700) : reply;
        using var answer = await Admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = keyword, ["Input.Reply"] = said });
        Assert.That(await TextAsync(answer), Does.Contain(words));
    }

    [TestCase("", "请填写敏感词")]
    [TestCase("一", "每个词 2 至 40 个字")]
    [TestCase("！！", "认不出来")]
    public async Task A_sensitive_word_that_cannot_be_one_is_refused(string words, string problem)
    {
        using var refused = await Admin.SendAsync("/console/sensitive-words", "Add", new() { ["Words"] = words });
        Assert.That(await TextAsync(refused), Does.Contain(problem));
    }

    [Test]
    public async Task Sensitive_words_are_added_tried_and_taken_away()
    {
        using var added = await Admin.SendAsync("/console/sensitive-words", "Add", new() { ["Words"] = "内部代号甲\n<b>粗口</b>、内部代号甲" });
        Assert.That(await FollowAsync(added), Does.Contain("已添加 2 个").And.Contain("&lt;b&gt;粗口").And.Not.Contain("<b>粗口"));
        using var tried = await Admin.SendAsync("/console/sensitive-words", "Try", new() { ["Trial"] = "他说：內部 代-号 甲！" });
        Assert.That(await TextAsync(tried), Does.Contain("有 1 处").And.Contain("<mark>內部 代-号 甲</mark>"));
        using var gone = await Admin.SendAsync("/console/sensitive-words", "Remove", new() { ["word"] = "内部代号甲" });
        Assert.That(await FollowAsync(gone), Does.Contain("已删除"));
        Assert.That((await ActsAsync("sensitive_word.remove")).Select(a => a.Subject), Does.Contain("内部代号甲"));
        using var clerk = await Host.SignInAsync("shouli");
        using var closed = await clerk.GetAsync("/console/sensitive-words");
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
