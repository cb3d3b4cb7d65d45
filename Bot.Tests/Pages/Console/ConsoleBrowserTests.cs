using Bot.Data.Cases;
using Bot.Host.Pages.Console;
using Bot.Host.Pages.Console.Policies;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>The console in Chromium, on the desk and on a phone.</summary>
public sealed class ConsoleBrowserTests
{
    private TestHost host = null!;
    private TestBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        browser = await TestBrowser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await browser.DisposeAsync();
        await host.DisposeAsync();
    }

    private static string[] Paths() =>
        [.. ConsoleMenu.Entries.Select(e => e.Path), "/console/me", "/console/menu/for/0", "/console/people/0", "/console/people/1", "/console/departments", "/console/keywords/0",
            .. PolicyLabels.Tabs.Skip(1).Select(tab => tab.Path), "/console/policies/edit/P001", "/console/policies/item/P001",
            "/console/consultations/1", "/console/consultations/1/comments", "/console/consultations/2/report"];

    [TestCase(1366)]
    [TestCase(390)]
    public async Task Every_page_fits_runs_without_a_complaint_and_is_accessible(int width)
    {
        var page = await host.OpenAsync(browser, "admin", "/console", width);
        foreach (var path in Paths())
            await page.CheckAsync(host, browser, path, width);
    }

    [Test]
    public async Task What_is_open_to_all_is_accessible_on_a_phone()
    {
        var page = await browser.OpenAsync(host.Address);
        await page.CheckAsync(host, browser, "/simulator/", 390);
        await page.CheckAsync(host, browser, "/console/sign-in", 390);
    }

    [Test]
    public async Task The_keyboard_goes_from_page_to_page_and_tells_its_keys()
    {
        var page = await host.OpenAsync(browser, "admin", "/console");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).GetByText("键盘快捷键").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        // While it closes, keys are still its own.
        await page.WaitForFunctionAsync("() => !document.querySelector('dialog[open]')");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await page.ArrivesAsync("/console/people$");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("zhidan");
        await page.ArrivesAsync(@"/console/people\?q=zhidan");
        await Assertions.Expect(page.Locator("#list tbody tr")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task An_act_that_cannot_be_undone_asks_first_and_a_toast_tells_what_came_of_it()
    {
        var page = await host.OpenAsync(browser, "admin", "/console/api-keys");
        await page.GetByLabel("使用单位或系统").FillAsync("浏览器里的系统");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建", Exact = true }).DblClickAsync();
        await page.GetByText("密钥已新建").WaitForAsync();
        await Assertions.Expect(page.Locator("#made")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^test_[0-9A-Za-z]{32}$"));
        await Assertions.Expect(page.GetByText("浏览器里的系统", new() { Exact = true })).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "不了" }).ClickAsync();
        await Assertions.Expect(page.GetByText("已吊销")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
        await page.GetByText("密钥已吊销").WaitForAsync();
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_act_on_a_part_that_came_later_asks_and_is_done()
    {
        while (await host.Services.GetRequiredService<Bot.Data.Notices.INoticeTemplates>().FindAsync("progress", default) is null)
            await Task.Delay(50);
        var page = await host.OpenAsync(browser, "zhidan", "/console/notices/new?template=progress");
        foreach (var (field, words) in new[] { ("thing1", "居住证办理"), ("phrase2", "审核通过"), ("time3", "2026年11月28日 10:00"), ("character_string4", "TS1") })
            await page.Locator($"#f-{field}").FillAsync(words);
        await page.Locator("input[name=To]").FillAsync("oInTheBrowser");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交审核" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "提交审核" }).ClickAsync();
        await page.GetByText("已提交，等待另一位同事审核").WaitForAsync();
    }

    [Test]
    public async Task An_act_is_taken_back_from_its_toast_and_what_was_refused_stays_open()
    {
        var page = await host.OpenAsync(browser, "admin", "/console/settings");
        await page.GetByLabel("补正期限").FillAsync("20");
        await page.GetByLabel("补正期限").PressAsync("Enter");
        await page.GetByText("已改为 20 个工作日").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await page.GetByText("已恢复默认").WaitForAsync();
        await Assertions.Expect(page.GetByLabel("补正期限")).ToHaveValueAsync("15");

        var filed = await host.Services.GetRequiredService<ICases>().FileAsync(
            new(Guid.NewGuid(), new("oInTheBrowser"), CaseKind.Disclosure, "information-request", "2025年预算", [], null, null, "", false, "王伟", false) { Applicant = "person" }, default);
        await page.GotoAsync($"/console/cases/{filed.Number}");
        await page.Locator("[data-act=accept] button").ClickAsync();
        await page.Locator("[data-act=reply] summary").ClickAsync();
        var reply = page.Locator("[data-act=reply]");
        await Assertions.Expect(reply.Locator("form")).ToHaveAttributeAsync("hx-request", "{\"timeout\":300000}");
        await reply.Locator("select").SelectOptionAsync("open");
        await reply.Locator("textarea").FillAsync("见附件。");
        await reply.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "程序.exe", MimeType = "application/octet-stream", Buffer = [77, 90] });
        await reply.GetByRole(AriaRole.Button, new() { Name = "答复申请人" }).ClickAsync();
        await page.GetByText("不能上传这种文件").WaitForAsync();
        await Assertions.Expect(reply.Locator("textarea")).ToBeVisibleAsync();
        await Assertions.Expect(reply.Locator("textarea")).ToHaveValueAsync("见附件。");
    }

    [Test]
    public async Task Without_script_the_work_is_done_too_and_its_outcome_is_told()
    {
        var filed = await host.Services.GetRequiredService<ICases>().FileAsync(
            new(Guid.NewGuid(), new("oWithoutScript"), CaseKind.Complaint, "complaint-other", "楼道里堆满了杂物", [], null, null, "", false, "13800138000", false), default);
        var page = await host.OpenAsync(browser, "admin", $"/console/cases/{filed.Number}", script: false);
        await page.Locator("[data-act=accept] button").ClickAsync();
        var toast = page.Locator(".toast");
        await Assertions.Expect(toast).ToHaveTextAsync("已完成");
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.toasts')).position"), Is.EqualTo("static"), "above the page, where it hides nothing");
        await page.Locator("#reveal-contact [name=reason]").FillAsync("电话回访");
        await page.Locator("#reveal-contact").GetByRole(AriaRole.Button, new() { Name = "查看", Exact = true }).ClickAsync();
        await page.GetByText("13800138000").WaitForAsync();

        await page.GotoAsync("/console/desk");
        await page.Locator(".stack .btn").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "取号", Exact = true }).ClickAsync();
        await Assertions.Expect(toast).ToContainTextAsync("现场取号");
        await page.GetByRole(AriaRole.Button, new() { Name = "呼叫下一个" }).ClickAsync();
        await Assertions.Expect(toast).ToContainTextAsync("已叫");
    }

    [Test]
    public async Task The_first_page_stays_small()
    {
        var page = await host.OpenAsync(browser, "admin", "/console/me");
        List<IRequest> requests = [];
        page.RequestFinished += (_, request) => requests.Add(request);
        await page.GotoAsync("/console", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var bytes = 0;
        foreach (var request in requests.ToArray())
            bytes += (await request.SizesAsync()).ResponseBodySize;
        Assert.That(bytes, Is.InRange(20_000, 300_000));
    }
}
