using Bot.WeChat;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

/// <summary>The chat page in a real browser, under its own Content-Security-Policy.</summary>
public sealed class PageTests
{
    private const string Chromium = "/usr/bin/chromium";

    private Rig _rig = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;
    private readonly List<string> _complaints = [];

    [SetUp]
    public async Task SetUp()
    {
        if (!File.Exists(Chromium))
            Assert.Ignore($"{Chromium} is not installed");
        _complaints.Clear();
        _rig = await Rig.StartAsync(follows: false);
        _rig.Bot = m => m switch
        {
            SubscribeEvent => Reply.Say("欢迎关注\n1. 查政策\n2. 预约办事"),
            TextMessage t => Reply.Say($"收到文字：{t.Content}<a href=\"javascript:alert(1)\">坏链接</a>"),
            VoiceMessage v => Reply.Say($"听到：{v.Recognition}"),
            _ => null,
        };
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        _page = await _browser.NewPageAsync();
        _page.SetDefaultTimeout(60_000);
        _page.PageError += (_, e) => _complaints.Add(e);
        _page.Console += (_, m) => { if (m.Type == "error") _complaints.Add(m.Text); };
        await _page.GotoAsync(new Uri(_rig.Http.BaseAddress!, "/simulator/").ToString());
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_rig is not null)
            await _rig.DisposeAsync();
    }

    [Test]
    public async Task A_newcomer_follows_taps_a_number_writes_and_speaks()
    {
        var chat = _page.Locator("#chat");
        await _page.GetByRole(AriaRole.Button, new() { Name = "关注公众号" }).ClickAsync();
        await chat.GetByText("2. 预约办事").ClickAsync();
        await chat.GetByText("收到文字：2").WaitForAsync();

        var box = _page.GetByLabel("输入消息，按回车发送");
        await box.FillAsync("居住证怎么办");
        await box.PressAsync("Enter");
        await chat.GetByText("收到文字：居住证怎么办").WaitForAsync();

        await _page.GetByLabel("更多功能").ClickAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "语音" }).ClickAsync();
        await _page.GetByLabel("说的内容（作为语音识别结果推送）").FillAsync("我想预约");
        await _page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "发送" }).ClickAsync();
        await chat.GetByText("听到：我想预约").WaitForAsync();

        Assert.That(await _page.Locator("a[href^='javascript']").CountAsync(), Is.Zero, "a reply's link runs no script");
        Assert.That(_complaints, Is.Empty);
    }

    [TestCase(390, 844)]
    [TestCase(1366, 768)]
    public async Task It_fits_the_screen_without_scrolling(int width, int height)
    {
        await _page.SetViewportSizeAsync(width, height);
        await _page.GetByRole(AriaRole.Button, new() { Name = "关注公众号" }).WaitForAsync();
        Assert.That(await _page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"));
        // The drawer slides away: wait for where it comes to rest.
        await Assertions.Expect(_page.Locator("#tools")).ToBeVisibleAsync(new() { Visible = width > 980 });
    }
}
