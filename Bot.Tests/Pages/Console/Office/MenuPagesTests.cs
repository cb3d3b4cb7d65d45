using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

/// <summary>The account's menu: drafted, published whole, and some followers' own.</summary>
public sealed class MenuPagesTests : OfficeFixture
{
    [Test]
    public async Task A_menu_is_drafted_published_and_read_back()
    {
        var menus = Host.Services.GetRequiredService<IMenus>();
        using var saved = await Admin.SendAsync("/console/menu", "Save", new()
        {
            ["Input.Parts[0].Button.Name"] = "查政策", ["Input.Parts[0].Button.Kind"] = "click", ["Input.Parts[0].Button.Value"] = "POLICY",
            ["Input.Parts[1].Button.Name"] = "更多", ["Input.Parts[1].Button.Kind"] = "click",
            ["Input.Parts[1].Below[0].Name"] = "办事指南", ["Input.Parts[1].Below[0].Kind"] = "view", ["Input.Parts[1].Below[0].Value"] = "https://example.gov.cn/p/",
            ["Input.Parts[1].Below[1].Name"] = "人工", ["Input.Parts[1].Below[1].Kind"] = "click", ["Input.Parts[1].Below[1].Value"] = "HUMAN",
        });
        Assert.That(await FollowAsync(saved), Does.Contain("草稿与微信上的菜单不同"));
        using var published = await Admin.SendAsync("/console/menu", "Publish", []);
        Assert.That(await FollowAsync(published), Does.Contain("已发布到微信").And.Contain("与这里一致"));
        var live = (await menus.GetAsync(default)).Value!.Default;
        Assert.That(live.Select(b => b.Name), Is.EqualTo(new[] { "查政策", "更多" }));
        Assert.That(live[1].Buttons!.Select(b => b.Url ?? b.Key), Is.EqualTo(new[] { "https://example.gov.cn/p/", "HUMAN" }));
        Assert.That(await ActsAsync("menu.publish"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Some_followers_see_a_menu_of_their_own()
    {
        var (menus, tags) = (Host.Services.GetRequiredService<IMenus>(), Host.Services.GetRequiredService<ITags>());
        List<OpenId> people = [];
        foreach (var client in new[] { 2, 1, 1 })
        {
            using var added = await Host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"name":"菜单","follows":true}""", Encoding.UTF8, "application/json"));
            people.Add(new(JsonNode.Parse(await added.Content.ReadAsStringAsync())![0]!["openId"]!.GetValue<string>()));
            using var _ = await Host.Client.PostAsync($"/simulator/control/citizens/{people[^1].Value}/settings", new StringContent($$"""{"client":{{client}}}""", Encoding.UTF8, "application/json"));
        }

        var tag = (await tags.CreateAsync("企业", default)).Value!.Id;
        await tags.GiveAsync(tag, [people[0], people[1]], default);
        Dictionary<string, string?> Menu(string button) => new() { ["Input.Parts[0].Button.Name"] = button, ["Input.Parts[0].Button.Kind"] = "click", ["Input.Parts[0].Button.Value"] = "HELP" };
        await FollowAsync(await Admin.SendAsync("/console/menu", "Save", Menu("大家")));
        using var nobody = await Admin.SendAsync("/console/menu/for/0", "Save", new(Menu("企业")) { ["Name"] = "没有条件" });
        Assert.That(await TextAsync(nobody), Does.Contain("标签和手机至少选一项"));
        using var stranger = await Admin.SendAsync("/console/menu/for/0", "Save", new(Menu("企业")) { ["Name"] = "没有标签", ["Tag"] = "99999" });
        Assert.That(await TextAsync(stranger), Does.Contain("没有找到这个标签"));
        await FollowAsync(await Admin.SendAsync("/console/menu/for/0", "Save", new(Menu("苹果")) { ["Name"] = "苹果手机", ["Client"] = "1", ["Place"] = "20" }));
        var saved = await FollowAsync(await Admin.SendAsync("/console/menu/for/0", "Save", new(Menu("企业")) { ["Name"] = "给企业", ["Tag"] = $"{tag}", ["Place"] = "10" }));
        Assert.That(saved, Does.Contain("给企业").And.Contain("标签“企业”").And.Contain("草稿与微信上的菜单不同"));
        Assert.That(await FollowAsync(await Admin.SendAsync("/console/menu", "Publish", [])), Does.Contain("与这里一致"));
        Assert.That(await SeenAsync(), Is.EqualTo(new[] { "企业", "企业", "苹果" }), "the upper one wins");

        var gone = Regex.Match(saved, "/console/menu/for/([0-9]+)\"><b>给企业").Groups[1].Value;
        await FollowAsync(await Admin.SendAsync($"/console/menu/for/{gone}", "Delete", []));
        Assert.That(await FollowAsync(await Admin.SendAsync("/console/menu", "Publish", [])), Does.Contain("与这里一致"));
        Assert.That(await SeenAsync(), Is.EqualTo(new[] { "大家", "苹果", "苹果" }));

        async Task<string[]> SeenAsync() => await Task.WhenAll(people.Select(async who => (await menus.TryMatchAsync(who, default)).Value![0].Name));
    }

    [Test]
    public async Task A_menu_that_WeChat_will_not_have_leaves_everybody_theirs()
    {
        var (menus, tags) = (Host.Services.GetRequiredService<IMenus>(), Host.Services.GetRequiredService<ITags>());
        Dictionary<string, string?> Menu(string button) => new() { ["Input.Parts[0].Button.Name"] = button, ["Input.Parts[0].Button.Kind"] = "click", ["Input.Parts[0].Button.Value"] = "HELP" };
        async Task<string[]> LiveAsync() => [.. (await menus.GetAsync(default)).Value! is var live ? live.Default.Concat(live.Conditional.SelectMany(c => c.Buttons)).Select(b => b.Name) : []];
        var tag = (await tags.CreateAsync("老人", default)).Value!.Id;
        await FollowAsync(await Admin.SendAsync("/console/menu", "Save", Menu("旧的")));
        await FollowAsync(await Admin.SendAsync("/console/menu/for/0", "Save", new(Menu("老人")) { ["Name"] = "给老人", ["Tag"] = $"{tag}", ["Place"] = "30" }));
        await FollowAsync(await Admin.SendAsync("/console/menu", "Publish", []));
        var before = await LiveAsync();
        Assert.That(before, Does.Contain("旧的").And.Contain("老人"));

        await FollowAsync(await Admin.SendAsync("/console/menu", "Save", Menu("新的")));
        using (await Host.Client.PutAsync("/simulator/control/faults", new StringContent("""{"kind":"errorCode","path":"/cgi-bin/menu/addconditional","rate":1,"times":1,"code":65316}""", Encoding.UTF8, "application/json")))
        using (var refused = await Admin.SendAsync("/console/menu", "Publish", []))
            Assert.That(await TextAsync(refused), Does.Contain("65316").And.Contain("原来的菜单没有变"));
        Assert.That(await LiveAsync(), Is.EqualTo(before));

        await tags.DeleteAsync(tag, default);
        using var orphan = await Admin.SendAsync("/console/menu", "Publish", []);
        Assert.That(await TextAsync(orphan), Does.Contain("“给老人”").And.Contain("在微信上已经删除"));
        Assert.That(await LiveAsync(), Is.EqualTo(before));
        var made = Regex.Match(await Admin.GetStringAsync("/console/menu"), "/console/menu/for/([0-9]+)\"><b>给老人").Groups[1].Value;
        await FollowAsync(await Admin.SendAsync($"/console/menu/for/{made}", "Delete", []));
        await FollowAsync(await Admin.SendAsync("/console/menu", "Publish", []));
        Assert.That(await LiveAsync(), Does.Contain("新的").And.Not.Contain("老人"));
    }

    [TestCase("名称很长很长", "click", "HELP", "名称最多 5 个汉字")]
    [TestCase("网页", "view", "javascript:alert(1)", "http 或 https")]
    [TestCase("功能", "click", "NO_SUCH", "机器人没有这个功能")]
    [TestCase("功能", "click", "", "请选择功能")]
    [TestCase("", "click", "", "至少要有一个菜单按钮")]
    [TestCase("功能", "evil", "HELP", "格式不对")]
    public async Task A_menu_that_WeChat_would_refuse_is_refused_before(string name, string kind, string value, string words)
    {
        using var answer = await Admin.SendAsync("/console/menu", "Save", new()
        {
            ["Input.Parts[0].Button.Name"] = name, ["Input.Parts[0].Button.Kind"] = kind, ["Input.Parts[0].Button.Value"] = value,
        });
        Assert.That(await TextAsync(answer), Does.Contain(words));
    }
}
