using Bot.Data.Cases;
using Bot.Data.Conversations;
using Bot.Data.Staff;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;
using Npgsql;

namespace Bot.Tests.Pages.Console;

/// <summary>In Chromium: what a clerk is in the middle of stays, whatever the page does by itself meanwhile.</summary>
public sealed class WorkingTests : BrowserFixture
{
    [Test]
    public async Task A_conversation_stays_at_its_end_and_the_list_beside_it_leaves_the_focus_where_it_is()
    {
        var (calls, conversations) = (Host.Services.GetRequiredService<IDeskCalls>(), Host.Services.GetRequiredService<IConversations>());
        await calls.OpenAsync(new("oTalks-very-long"), default);
        for (var i = 1; i <= 30; i++)
            await calls.HearAsync(new("oTalks-very-long"), $"第 {i} 句话", $"long-{i}", null, default);
        var id = (await conversations.ListAsync(false, default)).Single(row => row.Citizen.Value == "oTalks-very-long").Id;
        var page = await Host.OpenAsync(Browser, "admin", $"/console/conversations/{id}");
        var talk = page.GetByRole(AriaRole.Region, new() { Name = "对话" });
        await Assertions.Expect(talk.GetByText("第 30 句话", new() { Exact = true })).ToBeInViewportAsync();
        Assert.That(await talk.EvaluateAsync<string>("e => [...e.querySelectorAll('.bubble')].map(b => b.textContent.match(/\\d+/)[0]).join()"), Does.StartWith("1,2,3,"), "read in order");

        var row = page.Locator($"#rows a[href$='/conversations/{id}']");
        await row.FocusAsync();
        await calls.HearAsync(new("oTalks-very-long"), "最新的一句", "long-31", null, default);
        await Assertions.Expect(talk.GetByText("最新的一句", new() { Exact = true })).ToBeInViewportAsync(new() { Timeout = 10_000 });
        await Assertions.Expect(row).ToContainTextAsync("最新的一句", new() { Timeout = 10_000 });
        await Assertions.Expect(row).ToBeFocusedAsync();

        await talk.EvaluateAsync("e => e.scrollTop = -e.scrollHeight");
        await calls.HearAsync(new("oTalks-very-long"), "还有一句", "long-32", null, default);
        await Assertions.Expect(talk.GetByText("还有一句", new() { Exact = true })).ToBeAttachedAsync(new() { Timeout = 10_000 });
        await Assertions.Expect(talk.GetByText("第 1 句话", new() { Exact = true })).ToBeInViewportAsync();
        Assert.That(Browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_choice_stays_when_somebody_else_moves_the_case()
    {
        var number = await FiledAsync("路边有人占道摆摊");
        await ActAsync(number, new CaseAct.Accept());
        var page = await Host.OpenAsync(Browser, "admin", $"/console/cases/{number}");
        var to = page.Locator("[data-act=dispatch] select");
        var chosen = (await to.Locator("option").Last.GetAttributeAsync("value"))!;
        await to.SelectOptionAsync(chosen);
        await ActAsync(number, new CaseAct.Note("另一位同事写的"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "看最新情况" })).ToContainTextAsync("不保留已填的内容", new() { Timeout = 10_000 });
        await Assertions.Expect(to).ToHaveValueAsync(chosen);
    }

    [Test]
    public async Task What_is_written_on_a_page_that_renews_itself_outlives_the_session()
    {
        var page = await Host.OpenAsync(Browser, "admin", $"/console/cases/{await FiledAsync("楼下施工太吵")}");
        var note = page.Locator("[data-act=note]");
        await note.Locator("summary").ClickAsync();
        await note.Locator("textarea").FillAsync("已与施工方通话，写到一半");
        await LapseAsync();
        await Assertions.Expect(page.Locator("#lapsed")).ToContainTextAsync("登录已过期", new() { Timeout = 10_000 });
        var beside = await page.Context.RunAndWaitForPageAsync(() => page.Locator("#lapsed").GetByRole(AriaRole.Link, new() { Name = "登录" }).ClickAsync());
        await beside.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await beside.WaitForURLAsync("**/console/cases/*");
        await beside.CloseAsync();
        await Assertions.Expect(page.Locator("#lapsed")).ToHaveCountAsync(0, new() { Timeout = 10_000 });
        await note.GetByRole(AriaRole.Button, new() { Name = "内部备注" }).ClickAsync();
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("已与施工方通话，写到一半");
    }

    [Test]
    public async Task What_was_sent_too_late_stands_in_its_form_again_after_signing_in()
    {
        var page = await Host.OpenAsync(Browser, "admin", "/console/canned-replies");
        await page.Locator("#Name").FillAsync("停水");
        await page.Locator("#Words").FillAsync("写了很久的答复");
        await LapseAsync();
        await page.Locator("form:has(#Words) button").ClickAsync();
        await page.GetByText("登录已过期，请重新登录").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await page.GetByText("登录前填写的内容已放回原处").WaitForAsync();
        await Assertions.Expect(page.Locator("#Name")).ToHaveValueAsync("停水");
        await Assertions.Expect(page.Locator("#Words")).ToHaveValueAsync("写了很久的答复");
        await page.Locator("form:has(#Words) button").ClickAsync();
        await page.GetByText("写了很久的答复").First.WaitForAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#Words")).ToHaveValueAsync("", new() { Timeout = 2_000 });
        Assert.That(await page.EvaluateAsync<string?>("sessionStorage.getItem('kept')"), Is.Null, "nothing of it is left");
    }

    [Test]
    public async Task At_the_counter_a_stray_key_asks_and_without_single_keys_does_nothing()
    {
        var page = await Host.OpenAsync(Browser, "admin", "/console/desk");
        await page.Locator(".stack .btn").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "取号", Exact = true }).ClickAsync();
        await page.GetByText("现场取号：").WaitForAsync();
        await page.Keyboard.PressAsync("n");
        await page.Locator(".toast").GetByText("已叫").WaitForAsync();
        await page.Keyboard.PressAsync("f");
        await page.GetByRole(AriaRole.Dialog).GetByText("办结？").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        var desk = page.Url;

        await page.GotoAsync("/console/me");
        await page.GetByLabel("单键快捷键").UncheckAsync();
        await page.GetByText("单键快捷键已关闭").WaitForAsync();
        await page.GotoAsync(desk);
        await page.Keyboard.PressAsync("f");
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#find")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Without_script_an_act_asks_too()
    {
        var page = await Host.OpenAsync(Browser, "admin", $"/console/cases/{await FiledAsync("重复投诉同一件事")}", script: false);
        var refuse = page.Locator("[data-act=refuse]");
        await refuse.Locator("summary").ClickAsync();
        await refuse.Locator("textarea").FillAsync("不属于受理范围");
        await refuse.GetByRole(AriaRole.Button, new() { Name = "不予受理" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToHaveCountAsync(0);
        Assert.That(await refuse.Locator("form").EvaluateAsync<bool>("f => f.checkValidity()"), Is.False, "the box is not ticked yet");
        await refuse.GetByLabel("确定要“不予受理”吗？").CheckAsync();
        await refuse.GetByRole(AriaRole.Button, new() { Name = "不予受理" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToHaveTextAsync("已完成");
    }

    [Test]
    public async Task A_request_that_took_too_long_is_told()
    {
        var page = await Host.OpenAsync(Browser, "admin", "/console");
        await page.EvaluateAsync("htmx.trigger(document.body, 'htmx:timeout')");
        await page.GetByText("等了太久，没有完成").WaitForAsync();
    }

    [Test]
    public async Task A_case_is_answered_by_the_keyboard_alone_from_the_list_and_back_to_it()
    {
        var number = await FiledAsync("小区健身器材坏了");
        var page = await Host.OpenAsync(Browser, "admin", "/console/cases?view=Inbox&sort=Newest");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAsync($"/console/cases/{number}$");
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-act=reply]")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("已更换器材。");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("已更换器材。");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("u");
        await page.ArrivesAsync(@"/console/cases\?view=Inbox&sort=Newest$");
    }

    [Test]
    public async Task A_tab_takes_along_what_stands_in_the_search_now()
    {
        var page = await Host.OpenAsync(Browser, "admin", "/console/notices");
        await page.Locator("#q").FillAsync("居住证");
        // At once: nothing was looked for yet.
        await page.Locator("[data-carries] a").GetByText("草稿", new() { Exact = true }).ClickAsync();
        await page.ArrivesAsync(@"status=Draft");
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("居住证");
        await page.Locator("#q").FillAsync("");
        await page.Locator("[data-carries] a").First.ClickAsync();
        await page.ArrivesAsync(@"/console/notices\??$");

        await page.GotoAsync("/console/cases?q=TS20261122-0007-3&kind=Complaint");
        await page.Locator("#q").FillAsync("TS20261122-0008");
        await page.Locator("[data-carries] a").Last.ClickAsync();
        await page.ArrivesAsync("view=All");
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("TS20261122-0008");
        await Assertions.Expect(page.Locator("#kind")).ToHaveValueAsync("Complaint");

        var plain = await Host.OpenAsync(Browser, "admin", "/console/cases?q=TS20261122-0007-3&kind=Complaint", script: false);
        await plain.Locator("[data-carries] a").Last.ClickAsync();
        await Assertions.Expect(plain.Locator("#q")).ToHaveValueAsync("TS20261122-0007-3");
    }

    [Test]
    public async Task An_upload_says_what_is_too_large_how_far_it_is_and_that_a_broken_line_kept_nothing()
    {
        var page = await Host.OpenAsync(Browser, "admin", "/console/policies/import");
        var file = page.Locator("#Upload");
        await file.EvaluateAsync("(field, size) => { field.dataset.most = size; }", 10);
        await file.SetInputFilesAsync(new FilePayload { Name = "政策.json", MimeType = "application/json", Buffer = new byte[100] });
        Assert.That(await file.EvaluateAsync<string>("field => field.validationMessage"), Does.StartWith("所选文件共"));

        await page.ReloadAsync();
        await file.SetInputFilesAsync(new FilePayload { Name = "政策.json", MimeType = "application/json", Buffer = "[]"u8.ToArray() });
        Assert.That(await file.EvaluateAsync<string>("field => field.dataset.most + field.validationMessage"), Is.EqualTo("67108864"));
        await page.RouteAsync("**/console/policies/import*", route => route.AbortAsync("connectionreset"));
        await page.GetByRole(AriaRole.Button, new() { Name = "导入", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync();
        await page.GetByText("断开，什么也没有保存").WaitForAsync();
        await Assertions.Expect(page.Locator("#upload")).ToBeHiddenAsync();
    }

    private async Task<string> FiledAsync(string story)
    {
        var filed = await Host.Services.GetRequiredService<ICases>().FileAsync(
            new(Guid.NewGuid(), new("oAtWork"), CaseKind.Complaint, "complaint-other", story, [], null, null, "", false, "13800138000", false), default);
        return filed.Number;
    }

    private async Task ActAsync(string number, CaseAct act)
    {
        var desk = Host.Services.GetRequiredService<ICaseDesk>();
        StaffMember other = new(2, "shouli", "李敏", [StaffRole.Agent], "center");
        var found = (await desk.FindAsync(number, other, default))!;
        await desk.ActAsync(number, found.File.Version, other, act, default);
    }

    private async Task LapseAsync()
    {
        await using var command = Host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("update staff_session set last_seen_at = now() - interval '31 minutes'");
        await command.ExecuteNonQueryAsync();
    }
}
