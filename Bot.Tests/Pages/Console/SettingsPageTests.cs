using System.Net;
using System.Text.RegularExpressions;
using Bot.Data.Audit;
using Bot.Data.Cases;
using Bot.Data.Keywords;
using Bot.Host.Settings;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>Settings that change while two hosts run, and acts that are taken back.</summary>
public sealed class SettingsPageTests
{
    private const string Settings = "/console/settings";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private TestHost _other = null!;
    private HttpClient _admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(database: _database, settings: ("Cases:FeeDays", "20"));
        _other = await TestHost.StartAsync(database: _database);
        _admin = await _host.SignInAsync("admin");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _admin.Dispose();
        await _other.DisposeAsync();
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_change_holds_on_every_host_within_bounds_and_can_be_taken_back()
    {
        var limits = _other.Services.GetRequiredService<CaseLimits>();
        Assert.That((limits.ReopenDays, _host.Services.GetRequiredService<CaseLimits>().FeeDays), Is.EqualTo((15, 20)));
        foreach (var wrong in (string[])["0", "91", "", "15.5", "-1", "<script>", "99999999999"])
        {
            using var refused = await _admin.SendAsync(Settings, "Save", new() { ["key"] = "Cases:ReopenDays", ["was"] = "", ["value"] = wrong });
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("1 到 90 的整数").And.Not.Contain("<script>\""), wrong);
        }

        var page = await DoneAsync(await _admin.SendAsync(Settings, "Save", new() { ["key"] = "Cases:ReopenDays", ["was"] = "", ["value"] = "30" }));
        Assert.That(page, Does.Contain("已改为 30 天").And.Contain("撤销").And.Contain("王海"));
        await Eventually.IsTrueAsync(() => limits.ReopenDays == 30, "the other host reads it");
        using var late = await _admin.SendAsync(Settings, "Save", new() { ["key"] = "Cases:ReopenDays", ["was"] = "", ["value"] = "40" });
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("刚被他人修改"));
        await DoneAsync(await UndoAsync(page));
        await Eventually.IsTrueAsync(() => limits.ReopenDays == 15, "it is taken back");
        Assert.That((await _host.Services.GetRequiredService<IAuditTrail>().ListAsync(new(null, "setting.change", null, null, null, null, 0, 9), default)).Select(a => a.Subject),
            Is.EqualTo(new[] { "Cases:ReopenDays", "Cases:ReopenDays" }));
        Assert.That((await _admin.SendAsync(Settings, "Save", new() { ["key"] = "WeChat:AppSecret", ["value"] = "1" })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_is_out_of_bounds_by_now_or_not_known_any_more_is_left_alone()
    {
        await using (var command = _database.DataSource.CreateCommand(
            "insert into setting values ('Policies:SilentDays', 21, 'admin', now()), ('Console:IdleMinutes', 9999, 'admin', now()), ('Gone:Long', 1, 'admin', now()); notify content_changed"))
            await command.ExecuteNonQueryAsync();
        var live = _other.Services.GetRequiredService<RunTimeSettings>();
        await Eventually.IsTrueAsync(() => live.Policies.SilentDays == 21, "read");
        Assert.That(live.Console.IdleMinutes, Is.EqualTo(30));
    }

    [Test]
    public async Task A_keyword_that_was_deleted_comes_back()
    {
        var keywords = _host.Services.GetRequiredService<IKeywordReplies>();
        await keywords.SaveAsync(new(0, "停车月卡", true, "请到 3 号窗口办理。\n工作日 9:00-17:00", true, 0, default), "admin", default);
        var id = (await keywords.ListAsync("停车月卡", 1, 9, default)).Rules.Single().Id;
        var page = await DoneAsync(await _admin.SendAsync($"/console/keywords/{id}", "Delete", []));
        Assert.That((await keywords.ListAsync("停车月卡", 1, 9, default)).Total, Is.Zero);
        await DoneAsync(await UndoAsync(page));
        var back = (await keywords.ListAsync("停车月卡", 1, 9, default)).Rules.Single();
        Assert.That((back.Reply, back.Exact, back.Enabled), Is.EqualTo(("请到 3 号窗口办理。\n工作日 9:00-17:00", true, true)));
    }

    private Task<HttpResponseMessage> UndoAsync(string page)
    {
        var form = Regex.Match(page, "<div class=\"toast\">.*?<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", RegexOptions.Singleline);
        Assert.That(form.Success, page);
        var fields = Regex.Matches(form.Groups[2].Value, "<input[^>]*>").Select(m => m.Value)
            .Select(tag => KeyValuePair.Create(Regex.Match(tag, "name=\"([^\"]*)\"").Groups[1].Value, WebUtility.HtmlDecode(Regex.Match(tag, "value=\"([^\"]*)\"").Groups[1].Value)));
        return _admin.PostAsync(WebUtility.HtmlDecode(form.Groups[1].Value), new FormUrlEncodedContent(fields));
    }

    private async Task<string> DoneAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
            return await _admin.GetStringAsync(answer.Headers.Location);
        }
    }
}
