using System.Net;
using Bot.Data.Audit;
using Bot.Data.Followers;
using Bot.Data.Staff;
using Bot.Handlers.Keywords;
using Bot.Host.Content;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>People, departments, keys, keyword replies, menu and followers: what their forms do, and what they refuse.</summary>
public sealed class OfficePagesTests
{
    private TestHost host = null!;
    private HttpClient admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        admin = await host.SignInAsync("admin");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await host.DisposeAsync();
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync();

    private async Task<string> FollowAsync(HttpResponseMessage answer)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await TextAsync(answer));
        return await admin.GetStringAsync(answer.Headers.Location);
    }

    private async Task<IReadOnlyList<AuditEntry>> ActsAsync(string act) =>
        await host.Services.GetRequiredService<IAuditTrail>().ListAsync(new(null, act, null, null, null, null, 0, 50), default);

    private static Dictionary<string, string?> Person(string name, string display, string roles, string? department) => new()
    {
        ["Input.Name"] = name, ["Input.DisplayName"] = display, ["Input.Roles"] = roles, ["Input.Department"] = department,
    };

    [Test]
    public async Task Somebody_new_gets_a_password_that_is_shown_once_and_can_be_changed_and_stopped()
    {
        using var added = await admin.SendAsync("/console/people/0", "Save", Person("xinren", "新来的", "Officer", "jiaoyu"));
        var page = await FollowAsync(added);
        var given = System.Text.RegularExpressions.Regex.Match(page, "<code id=\"given\">([^<]+)<").Groups[1].Value;
        Assert.That(given, Has.Length.EqualTo(14));
        Assert.That(await admin.GetStringAsync(added.Headers.Location), Does.Not.Contain(given), "once");
        using var newcomer = await host.SignInAsync("xinren", given);

        var path = added.Headers.Location!.ToString();
        using var changed = await admin.SendAsync(path, "Save", Person("ignored", "改过名", "Agent\u001fEditor", ""));
        Assert.That(await FollowAsync(changed), Does.Contain("已保存，立即生效").And.Contain("改过名"));
        var record = (await host.Services.GetRequiredService<IStaff>().ListAsync(new("xinren", null, null, null, 1, 1), default)).People[0];
        Assert.That(record.Member.Roles, Is.EqualTo(new[] { StaffRole.Agent, StaffRole.Editor }));
        Assert.That(record.Active, Is.False, "a box that is not ticked is not sent");
        using var ended = await newcomer.GetAsync("/console/sign-in/second-factor");
        Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "their session is over");
        Assert.That((await ActsAsync("staff.change")).Select(a => a.Subject), Does.Contain("xinren"));
    }

    [TestCase("", "某人", "Agent", "", "请填写账号")]
    [TestCase("Upper", "某人", "Agent", "", "小写字母")]
    [TestCase("<script>", "某人", "Agent", "", "小写字母")]
    [TestCase("admin", "某人", "Agent", "", "已有人使用")]
    [TestCase("fine1", "", "Agent", "", "请填写姓名")]
    [TestCase("fine2", "某人", null, "", "至少选一个角色")]
    [TestCase("fine3", "某人", "King", "", "格式不对")]
    [TestCase("fine4", "某人", "Officer", "", "必须属于一个部门")]
    [TestCase("fine5", "某人", "Officer", "no-such", "没有这个部门")]
    [TestCase("fine6", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十多", "Agent", "", "最多 40 个字")]
    public async Task A_person_who_is_filled_in_wrong_is_refused_beside_the_field(string name, string display, string? roles, string department, string words)
    {
        using var answer = await admin.SendAsync("/console/people/0", "Save", Person(name, display, roles!, department));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TextAsync(answer), Does.Contain(words).And.Not.Contain("<script>\""));
    }

    [Test]
    public async Task The_last_administrator_stays_and_an_old_form_changes_nothing()
    {
        var (address, hidden) = await admin.FormAsync("/console/people/1", "Save");
        using var last = await admin.PostAsync(address, ConsoleHost.Content(hidden, Person("", "王海", "Agent", "center")));
        Assert.That(await TextAsync(last), Does.Contain("至少要保留一名在用的管理员"));

        var (other, stale) = await admin.FormAsync("/console/people/9", "Save");
        using var first = await admin.SendAsync("/console/people/9", "Save", new(Person("", "郑华一", "Auditor", "")) { ["Input.Active"] = "true" });
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var late = await admin.PostAsync(other, ConsoleHost.Content(stale, new(Person("", "郑华二", "Auditor", "")) { ["Input.Active"] = "true" }));
        Assert.That(await TextAsync(late), Does.Contain("刚被他人修改"));
    }

    [TestCase("", "x", "请填写名称")]
    [TestCase("新局", "Bad Code", "小写字母")]
    [TestCase("市教育局", "another", "已有同名的部门")]
    [TestCase("新局", "jiaoyu", "已有部门使用")]
    public async Task A_department_that_is_filled_in_wrong_is_refused(string name, string code, string words)
    {
        using var answer = await admin.SendAsync("/console/departments", null, new() { ["Input.Name"] = name, ["Input.Code"] = code });
        Assert.That(await TextAsync(answer), Does.Contain(words));
    }

    [Test]
    public async Task A_zero_character_in_a_form_is_refused_in_words()
    {
        using var visitor = host.Visitor();
        using var ours = await admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = "大厅\0", ["Input.Reply"] = "滨海路 1 号" });
        // A form in parts is not decoded, so the server itself lets it through.
        using var theirs = await visitor.PostAsync("/consultations/1", new MultipartFormDataContent { { new StringContent("好\0"), "Words" } });
        foreach (var answer in new[] { ours, theirs })
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), answer.RequestMessage!.RequestUri!.ToString());
            Assert.That(await TextAsync(answer), Does.Contain("无法保存的字符"));
        }
    }

    [Test]
    public async Task A_keyword_reply_works_within_two_seconds_and_is_gone_as_quickly()
    {
        var rules = host.Services.GetRequiredService<KeywordRules>();
        using var saved = await admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = "大厅地址", ["Input.Reply"] = "滨海路 1 号", ["Input.Exact"] = "true", ["Input.Enabled"] = "true" });
        Assert.That(await FollowAsync(saved), Does.Contain("已保存，两秒内生效"));
        Assert.That(() => rules.Find("大厅地址"), Is.EqualTo("滨海路 1 号").After(2000, 20));

        using var twice = await admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = "大厅地址", ["Input.Reply"] = "别处" });
        Assert.That(await TextAsync(twice), Does.Contain("已有回复"));
        var page = await admin.GetStringAsync("/console/keywords?q=%E5%A4%A7%E5%8E%85");
        var path = System.Text.RegularExpressions.Regex.Match(page, "/console/keywords/[1-9][0-9]*").Value;
        using var deleted = await admin.SendAsync(path, "Delete", []);
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
        using var answer = await admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = keyword, ["Input.Reply"] = said });
        Assert.That(await TextAsync(answer), Does.Contain(words));
    }

    [Test]
    public async Task A_menu_is_drafted_published_and_read_back()
    {
        var menus = host.Services.GetRequiredService<IMenus>();
        using var saved = await admin.SendAsync("/console/menu", "Save", new()
        {
            ["Input.Parts[0].Button.Name"] = "查政策", ["Input.Parts[0].Button.Kind"] = "click", ["Input.Parts[0].Button.Value"] = "POLICY",
            ["Input.Parts[1].Button.Name"] = "更多", ["Input.Parts[1].Button.Kind"] = "click",
            ["Input.Parts[1].Below[0].Name"] = "办事指南", ["Input.Parts[1].Below[0].Kind"] = "view", ["Input.Parts[1].Below[0].Value"] = "https://example.gov.cn/p/",
            ["Input.Parts[1].Below[1].Name"] = "人工", ["Input.Parts[1].Below[1].Kind"] = "click", ["Input.Parts[1].Below[1].Value"] = "HUMAN",
        });
        Assert.That(await FollowAsync(saved), Does.Contain("草稿与微信上的菜单不同"));
        using var published = await admin.SendAsync("/console/menu", "Publish", []);
        Assert.That(await FollowAsync(published), Does.Contain("已发布到微信").And.Contain("与这里一致"));
        var live = (await menus.GetAsync(default)).Value!.Default;
        Assert.That(live.Select(b => b.Name), Is.EqualTo(new[] { "查政策", "更多" }));
        Assert.That(live[1].Buttons!.Select(b => b.Url ?? b.Key), Is.EqualTo(new[] { "https://example.gov.cn/p/", "HUMAN" }));
        Assert.That(await ActsAsync("menu.publish"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Some_followers_see_a_menu_of_their_own()
    {
        var (menus, tags) = (host.Services.GetRequiredService<IMenus>(), host.Services.GetRequiredService<ITags>());
        List<OpenId> people = [];
        foreach (var client in new[] { 2, 1, 1 })
        {
            using var added = await host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"name":"菜单","follows":true}""", System.Text.Encoding.UTF8, "application/json"));
            people.Add(new(System.Text.Json.Nodes.JsonNode.Parse(await added.Content.ReadAsStringAsync())![0]!["openId"]!.GetValue<string>()));
            using var _ = await host.Client.PostAsync($"/simulator/control/citizens/{people[^1].Value}/settings", new StringContent($$"""{"client":{{client}}}""", System.Text.Encoding.UTF8, "application/json"));
        }

        var tag = (await tags.CreateAsync("企业", default)).Value!.Id;
        await tags.GiveAsync(tag, [people[0], people[1]], default);
        Dictionary<string, string?> Menu(string button) => new() { ["Input.Parts[0].Button.Name"] = button, ["Input.Parts[0].Button.Kind"] = "click", ["Input.Parts[0].Button.Value"] = "HELP" };
        await FollowAsync(await admin.SendAsync("/console/menu", "Save", Menu("大家")));
        using var nobody = await admin.SendAsync("/console/menu/for/0", "Save", new(Menu("企业")) { ["Name"] = "没有条件" });
        Assert.That(await TextAsync(nobody), Does.Contain("标签和手机至少选一项"));
        using var stranger = await admin.SendAsync("/console/menu/for/0", "Save", new(Menu("企业")) { ["Name"] = "没有标签", ["Tag"] = "99999" });
        Assert.That(await TextAsync(stranger), Does.Contain("没有找到这个标签"));
        await FollowAsync(await admin.SendAsync("/console/menu/for/0", "Save", new(Menu("苹果")) { ["Name"] = "苹果手机", ["Client"] = "1", ["Place"] = "20" }));
        var saved = await FollowAsync(await admin.SendAsync("/console/menu/for/0", "Save", new(Menu("企业")) { ["Name"] = "给企业", ["Tag"] = $"{tag}", ["Place"] = "10" }));
        Assert.That(saved, Does.Contain("给企业").And.Contain("标签“企业”").And.Contain("草稿与微信上的菜单不同"));
        Assert.That(await FollowAsync(await admin.SendAsync("/console/menu", "Publish", [])), Does.Contain("与这里一致"));
        Assert.That(await SeenAsync(), Is.EqualTo(new[] { "企业", "企业", "苹果" }), "the upper one wins");

        var gone = System.Text.RegularExpressions.Regex.Match(saved, "/console/menu/for/([0-9]+)\"><b>给企业").Groups[1].Value;
        await FollowAsync(await admin.SendAsync($"/console/menu/for/{gone}", "Delete", []));
        Assert.That(await FollowAsync(await admin.SendAsync("/console/menu", "Publish", [])), Does.Contain("与这里一致"));
        Assert.That(await SeenAsync(), Is.EqualTo(new[] { "大家", "苹果", "苹果" }));

        async Task<string[]> SeenAsync() => await Task.WhenAll(people.Select(async who => (await menus.TryMatchAsync(who, default)).Value![0].Name));
    }

    [Test]
    public async Task A_menu_that_WeChat_will_not_have_leaves_everybody_theirs()
    {
        var (menus, tags) = (host.Services.GetRequiredService<IMenus>(), host.Services.GetRequiredService<ITags>());
        Dictionary<string, string?> Menu(string button) => new() { ["Input.Parts[0].Button.Name"] = button, ["Input.Parts[0].Button.Kind"] = "click", ["Input.Parts[0].Button.Value"] = "HELP" };
        async Task<string[]> LiveAsync() => [.. (await menus.GetAsync(default)).Value! is var live ? live.Default.Concat(live.Conditional.SelectMany(c => c.Buttons)).Select(b => b.Name) : []];
        var tag = (await tags.CreateAsync("老人", default)).Value!.Id;
        await FollowAsync(await admin.SendAsync("/console/menu", "Save", Menu("旧的")));
        await FollowAsync(await admin.SendAsync("/console/menu/for/0", "Save", new(Menu("老人")) { ["Name"] = "给老人", ["Tag"] = $"{tag}", ["Place"] = "30" }));
        await FollowAsync(await admin.SendAsync("/console/menu", "Publish", []));
        var before = await LiveAsync();
        Assert.That(before, Does.Contain("旧的").And.Contain("老人"));

        await FollowAsync(await admin.SendAsync("/console/menu", "Save", Menu("新的")));
        using (await host.Client.PutAsync("/simulator/control/faults", new StringContent("""{"kind":"errorCode","path":"/cgi-bin/menu/addconditional","rate":1,"times":1,"code":65316}""", System.Text.Encoding.UTF8, "application/json")))
        using (var refused = await admin.SendAsync("/console/menu", "Publish", []))
            Assert.That(await TextAsync(refused), Does.Contain("65316").And.Contain("原来的菜单没有变"));
        Assert.That(await LiveAsync(), Is.EqualTo(before));

        await tags.DeleteAsync(tag, default);
        using var orphan = await admin.SendAsync("/console/menu", "Publish", []);
        Assert.That(await TextAsync(orphan), Does.Contain("“给老人”").And.Contain("在微信上已经删除"));
        Assert.That(await LiveAsync(), Is.EqualTo(before));
        var made = System.Text.RegularExpressions.Regex.Match(await admin.GetStringAsync("/console/menu"), "/console/menu/for/([0-9]+)\"><b>给老人").Groups[1].Value;
        await FollowAsync(await admin.SendAsync($"/console/menu/for/{made}", "Delete", []));
        await FollowAsync(await admin.SendAsync("/console/menu", "Publish", []));
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
        using var answer = await admin.SendAsync("/console/menu", "Save", new()
        {
            ["Input.Parts[0].Button.Name"] = name, ["Input.Parts[0].Button.Kind"] = kind, ["Input.Parts[0].Button.Value"] = value,
        });
        Assert.That(await TextAsync(answer), Does.Contain(words));
    }

    [Test]
    public async Task Followers_are_listed_masked_and_tagged()
    {
        var followers = host.Services.GetRequiredService<IFollowers>();
        foreach (var n in new[] { "A", "B" })
            await followers.HeardFromAsync([new(new OpenId($"oSomebody-long-{n}12345"), DateTimeOffset.UtcNow)], default);
        var page = await admin.GetStringAsync("/console/followers");
        Assert.That(page, Does.Contain("…A12345").And.Contain("…B12345"));
        using var tagged = await admin.SendAsync("/console/followers", "Tag", new() { ["who"] = "oSomebody-long-A12345\u001foNobody", ["name"] = "  志愿者 " });
        Assert.That(await FollowAsync(tagged), Does.Contain("…A12345").And.Not.Contain("…B12345"));
        using var none = await admin.SendAsync("/console/followers", "Tag", new() { ["who"] = "oSomebody-long-A12345", ["name"] = new string('长', 21) });
        Assert.That(await FollowAsync(none), Does.Contain("标签没有添加"));
        using var clerk = await host.SignInAsync("shouli");
        Assert.That(await clerk.GetStringAsync("/console/followers"), Does.Not.Contain("handler=Tag"), "who may only look sees no form");
        var (_, hidden) = await clerk.FormAsync("/console/me", "Password");
        using var forced = await clerk.PostAsync("/console/followers?handler=Tag", ConsoleHost.Content(hidden, new() { ["who"] = "oSomebody-long-B12345", ["name"] = "硬来" }));
        Assert.That(forced.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_citizen_is_shown_and_erased_for_a_reason_by_an_administrator_only()
    {
        const string OpenId = "oWants-to-go-678901";
        await host.Services.GetRequiredService<IFollowers>().HeardFromAsync([new(new OpenId(OpenId), DateTimeOffset.UtcNow)], default);
        var path = System.Text.RegularExpressions.Regex.Match(await admin.GetStringAsync("/console/followers"), "href=\"(/console/followers/[^\"]+)\">…678901").Groups[1].Value;
        Assert.That(path, Does.Not.Contain(OpenId));

        using var silent = await admin.SendAsync(path, "Export", new() { ["ExportReason"] = " " });
        Assert.That(await TextAsync(silent), Does.Contain("请写明原因"));
        using var shown = await admin.SendAsync(path, "Export", new() { ["ExportReason"] = "本人到窗口申请" });
        Assert.That(await TextAsync(shown), Does.Contain("关注情况"));
        using var file = await admin.SendAsync(path, "Export", new() { ["ExportReason"] = "本人到窗口申请", ["format"] = "file" });
        Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(await TextAsync(file), Does.Contain("正在关注"));
        Assert.That(await ActsAsync("privacy.export"), Has.Count.EqualTo(2));

        using var unproven = await admin.SendAsync(path, "Erase", new() { ["EraseReason"] = "书面申请" });
        Assert.That(await TextAsync(unproven), Does.Contain("请先核实身份并勾选"));
        using var clerk = await host.SignInAsync("shouli");
        Assert.That(await clerk.GetStringAsync(path), Does.Not.Contain("handler=Erase"));
        var (_, hidden) = await clerk.FormAsync("/console/me", "Password");
        using var forced = await clerk.PostAsync($"{path}?handler=Erase", ConsoleHost.Content(hidden, new() { ["EraseReason"] = "硬来", ["Checked"] = "true" }));
        Assert.That(forced.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        var (address, form) = await admin.FormAsync(path, "Erase");
        var twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => admin.PostAsync(address, ConsoleHost.Content(form, new() { ["EraseReason"] = "书面申请", ["Checked"] = "true" }))));
        Assert.That(twice.Select(t => t.StatusCode), Is.All.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await ActsAsync("privacy.ask_erase")).Select(a => a.Actor), Is.EqualTo(new[] { "admin" }), "a form sent twice acts once");
        Assert.That(async () => (await admin.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound).After(10_000, 100), "the job has erased them");
        using var forged = await admin.GetAsync($"/console/followers/{OpenId}");
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Whatever_somebody_may_see_is_found_from_the_frame()
    {
        const string OpenId = "oFound-by-openid-000777";
        await host.Services.GetRequiredService<IFollowers>().HeardFromAsync([new(new OpenId(OpenId), DateTimeOffset.UtcNow)], default);
        using var clerk = await host.SignInAsync("renshe");
        async Task<(string? To, string Page)> FindAsync(HttpClient who, string asked)
        {
            using var answer = await who.SendAsync("/console", "Find", new() { ["q"] = asked });
            return (answer.Headers.Location?.ToString(), answer.Headers.Location is { } to ? await who.GetStringAsync(to) : await TextAsync(answer));
        }

        Assert.That((await FindAsync(admin, "王海")).Page, Does.Contain("/console/people/").And.Contain("人员"));
        Assert.That((await FindAsync(clerk, "王海")).Page, Does.Not.Contain("/console/people/"), "staff are the administrator's");
        Assert.That((await FindAsync(clerk, "居住证")).Page, Does.Contain("居住证申领").And.Not.Contain("/console/policies/item"));
        Assert.That((await FindAsync(admin, "审计")).Page, Does.Contain("href=\"/console/audit\""));
        var (straight, _) = await FindAsync(admin, OpenId);
        Assert.That(straight, Does.StartWith("/console/followers/").And.Not.Contain(OpenId));
        Assert.That((await FindAsync(clerk, OpenId)).To, Is.Null, "no openid in an address, and none for whom followers are closed");
        var unknown = Bot.Data.Numbers.PublicNumber.Make("TS", new(2026, 1, 2), 7).Text;
        Assert.That((await FindAsync(admin, unknown)).To, Is.EqualTo($"/console/search?q={unknown}"), "there is no such case");
        Assert.That((await FindAsync(admin, "<script>")).Page, Does.Contain("value=\"&lt;script&gt;\"").And.Not.Contain("<script>"));
        Assert.That((await FindAsync(admin, new string('长', 129))).Page, Does.Contain("最多 128 个字"));
        Assert.That((await FindAsync(admin, "")).Page, Does.Contain("要找什么"));
    }

    [Test]
    public async Task Filters_of_the_queue_are_kept_by_each_for_themselves()
    {
        const string Filters = "view=Open&kind=Complaint&sort=Newest";
        using var clerk = await host.SignInAsync("shouli");
        using var kept = await clerk.SendAsync($"/console/cases?{Filters}", "Save", new() { ["SavedName"] = " 新来的<投诉> " });
        Assert.That(kept.Headers.Location?.ToString(), Is.EqualTo($"/console/cases?{Filters}"), await TextAsync(kept));
        Assert.That(await clerk.GetStringAsync("/console/cases"), Does.Contain("新来的&lt;投诉&gt;").And.Contain(Filters.Replace("&", "&amp;", StringComparison.Ordinal)));
        Assert.That(await admin.GetStringAsync("/console/cases"), Does.Not.Contain("新来的"), "theirs alone");
        using var nameless = await clerk.SendAsync("/console/cases?view=Mine", "Save", new() { ["SavedName"] = " " });
        Assert.That(await TextAsync(nameless), Does.Contain("请填写 1 至 20 个字的名称"));
        using var forgotten = await clerk.SendAsync("/console/cases", "Forget", []);
        Assert.That(await clerk.GetStringAsync(forgotten.Headers.Location), Does.Contain("已删除常用筛选").And.Contain("撤销"));
        Assert.That(await clerk.GetStringAsync("/console/cases"), Does.Not.Contain("新来的"));
    }

    [TestCase("", "请填写敏感词")]
    [TestCase("一", "每个词 2 至 40 个字")]
    [TestCase("！！", "认不出来")]
    public async Task A_sensitive_word_that_cannot_be_one_is_refused(string words, string problem)
    {
        using var refused = await admin.SendAsync("/console/sensitive-words", "Add", new() { ["Words"] = words });
        Assert.That(await TextAsync(refused), Does.Contain(problem));
    }

    [Test]
    public async Task Sensitive_words_are_added_tried_and_taken_away()
    {
        using var added = await admin.SendAsync("/console/sensitive-words", "Add", new() { ["Words"] = "内部代号甲\n<b>粗口</b>、内部代号甲" });
        Assert.That(await FollowAsync(added), Does.Contain("已添加 2 个").And.Contain("&lt;b&gt;粗口").And.Not.Contain("<b>粗口"));
        using var tried = await admin.SendAsync("/console/sensitive-words", "Try", new() { ["Trial"] = "他说：內部 代-号 甲！" });
        Assert.That(await TextAsync(tried), Does.Contain("有 1 处").And.Contain("<mark>內部 代-号 甲</mark>"));
        using var gone = await admin.SendAsync("/console/sensitive-words", "Remove", new() { ["word"] = "内部代号甲" });
        Assert.That(await FollowAsync(gone), Does.Contain("已删除"));
        Assert.That((await ActsAsync("sensitive_word.remove")).Select(a => a.Subject), Does.Contain("内部代号甲"));
        using var clerk = await host.SignInAsync("shouli");
        using var closed = await clerk.GetAsync("/console/sensitive-words");
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_audit_log_tells_who_did_what_and_proves_that_it_is_whole()
    {
        using var clerk = await host.SignInAsync("bianji");
        using var auditor = await host.SignInAsync("shenji");
        Assert.That(await auditor.GetStringAsync("/console/audit?actor=bianji&act=staff.sign_in"), Does.Contain("登录").And.Contain("bianji").And.Not.Contain("chuangkou"));
        using var verified = await auditor.SendAsync("/console/audit", "Verify", []);
        Assert.That(await auditor.GetStringAsync(verified.Headers.Location), Does.Contain("校验通过"));
        using var bad = await auditor.GetAsync("/console/audit?from=yesterday&before=-1&act=" + new string('x', 100));
        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Demo_staff_keep_the_password_that_everybody_knows()
    {
        using var own = await admin.SendAsync("/console/me", "Password", new() { ["Current"] = DemoStaff.Password, ["Password"] = "feng-he-ri-li", ["Again"] = "feng-he-ri-li" });
        Assert.That(await TextAsync(own), Does.Contain("演示账号的密码固定不变"));
    }
}
