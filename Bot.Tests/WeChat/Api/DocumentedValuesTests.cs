using Bot.WeChat;
using Bot.WeChat.Api;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

/// <summary>What becomes of the documented answers where more than a name changes.</summary>
public sealed class DocumentedValuesTests
{
    private ScriptedPlatform _platform;
    private ApiClient _client;

    [SetUp]
    public async Task SetUp()
    {
        _platform = await ScriptedPlatform.StartAsync();
        _client = new ApiClient(_platform.Address);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Test]
    public async Task A_msgid_keeps_all_its_digits() =>
        Assert.That(await ReadAsync("template-send"), Is.EqualTo(3557254367693750277));

    [Test]
    public async Task A_follower_and_a_stranger()
    {
        var found = (IReadOnlyList<Follower>)(await ReadAsync("user-info-batchget"))!;

        Assert.That(found[0], Has.Property(nameof(Follower.Subscribed)).True.And.Property(nameof(Follower.QrSceneStr)).EqualTo("hall_window_03"));
        Assert.That(found[0].TagIds, Is.EqualTo(new[] { 134, 2 }));
        Assert.That(found[1], Is.EqualTo(new Follower(new OpenId("oGov0Test0User0000000000002y"))));
    }

    [Test]
    public async Task Buttons_below_a_button_in_both_shapes()
    {
        var made = (AccountMenus)(await ReadAsync("menu-get"))!;
        var shown = (CurrentMenu)(await ReadAsync("menu-current-selfmenu"))!;

        Assert.That(made.Default[1].Buttons![2], Is.EqualTo(MenuButton.ScanCode("扫码查件", "MENU_SCAN_WAIT", waits: true)));
        Assert.That(shown.Buttons[1].Buttons!.Single(), Is.EqualTo(MenuButton.View("办事指南", "https://www.example.gov.cn/guide")));
        Assert.That(shown.Open, Is.True);
    }

    [Test]
    public async Task A_page_without_openids_is_the_last()
    {
        _platform.Says("/cgi-bin/user/get", """{"total":2,"count":0,"next_openid":""}""");

        var page = await _client.Get<IUsers>().ListAsync(new OpenId("o2"), default);

        Assert.That(page.Value, Has.Property(nameof(OpenIdPage.OpenIds)).Empty.And.Property(nameof(OpenIdPage.Next)).Null);
    }

    [Test]
    public async Task A_mass_message_sent_before_counts_as_sent()
    {
        _platform.Says("/cgi-bin/message/mass/sendall", """{"errcode":45065,"errmsg":"clientmsgid exist","msg_id":34182}""");

        var receipt = await _client.Get<IMassMessages>().SendToAllAsync(new MassContent.Text("停水通知"), "mass-1", default);

        Assert.That(receipt.Value, Is.EqualTo(new MassReceipt(34182, 0)));
    }

    [Test]
    public async Task An_answer_without_its_field_is_no_success()
    {
        _platform.Says("/cgi-bin/message/template/send", """{"errcode":0,"errmsg":"ok"}""");

        var outcome = await DocumentedCalls.All.Single(c => c.Name == "template-send").Call(_client);

        Assert.That(outcome.Error?.Class, Is.EqualTo(ErrorClass.OutcomeUnknown));
    }

    private async Task<object?> ReadAsync(string name)
    {
        var fixture = Fixture.Read(name);
        _platform.Says(fixture.Path, fixture.Response);
        return (await DocumentedCalls.All.Single(c => c.Name == name).Call(_client)).Value;
    }
}
