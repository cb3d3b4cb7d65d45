using System.Net;
using System.Text.RegularExpressions;
using Bot.Data.Followers;
using Bot.Host.Pages.Console;
using Bot.Tests.Delivery;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

/// <summary>Followers: listed, tagged, shown what is kept of them, erased.</summary>
public sealed class FollowerPagesTests : OfficeFixture
{
    [Test]
    public async Task Followers_are_listed_masked_and_tagged()
    {
        var followers = Host.Services.GetRequiredService<IFollowers>();
        foreach (var n in new[] { "A", "B" })
            await followers.HeardFromAsync([new(new OpenId($"oSomebody-long-{n}12345"), DateTimeOffset.UtcNow)], default);
        var page = await Admin.GetStringAsync("/console/followers");
        Assert.That(page, Does.Contain("…A12345").And.Contain("…B12345"));
        using var unknown = await Admin.SendAsync("/console/followers", "Tag", new() { ["who"] = "oSomebody-long-A12345", ["name"] = "志愿者" });
        Assert.That(await FollowAsync(unknown), Does.Contain("标签没有添加").And.Contain("40003"), "WeChat does not know them");
        using var none = await Admin.SendAsync("/console/followers", "Tag", new() { ["who"] = "oSomebody-long-A12345", ["name"] = new string('长', 11) });
        Assert.That(await FollowAsync(none), Does.Contain("标签没有添加").And.Contain("10 个汉字"));
        using var clerk = await Host.SignInAsync("shouli");
        Assert.That(await clerk.GetStringAsync("/console/followers"), Does.Not.Contain("handler=Tag"), "who may only look sees no form");
        var (_, hidden) = await clerk.FormAsync("/console/me", "Password");
        using var forced = await clerk.PostAsync("/console/followers?handler=Tag", ConsoleHost.Content(hidden, new() { ["who"] = "oSomebody-long-B12345", ["name"] = "硬来" }));
        Assert.That(forced.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Tags_are_those_of_WeChat_for_lists_notices_and_menus_alike()
    {
        var (tags, mirror) = (Host.Services.GetRequiredService<ITags>(), Host.Services.GetRequiredService<IFollowerTags>());
        List<OpenId> people = [];
        for (var i = 0; i < 3; i++)
        {
            using var added = await Host.Client.PostAsync("/simulator/control/citizens", new StringContent("""{"name":"标签","follows":true}""", System.Text.Encoding.UTF8, "application/json"));
            people.Add(new(System.Text.Json.Nodes.JsonNode.Parse(await added.Content.ReadAsStringAsync())![0]!["openId"]!.GetValue<string>()));
        }

        await Host.Services.GetRequiredService<IFollowers>().HeardFromAsync([.. people.Select(p => new Heard(p, DateTimeOffset.UtcNow))], default);
        using var tagged = await Admin.SendAsync("/console/followers", "Tag", new() { ["who"] = $"{people[0].Value}\u001f{people[1].Value}\u001foNobody", ["name"] = "  志愿者 " });
        var page = await FollowAsync(tagged);
        Assert.That(page, Does.Contain("已给 2 人加上").And.Contain($">{FollowersPage.Shown(people[1])}<").And.Not.Contain($">{FollowersPage.Shown(people[2])}<"));
        var tag = (await tags.ListAsync(default)).Value!.Single(t => t.Name == "志愿者");
        Assert.That(tag.Count, Is.EqualTo(2));
        Assert.That(await Admin.GetStringAsync("/console/menu/for/0"), Does.Contain("志愿者"));

        using var taken = await Admin.SendAsync("/console/followers?tag=志愿者", "Untag", new() { ["who"] = people[0].Value, ["tag"] = "志愿者" });
        await FollowAsync(taken);
        Assert.That((await tags.OfAsync(people[0], default)).Value, Is.Empty);

        // Changed on mp.weixin.qq.com, and one from before WeChat was told.
        await tags.TakeAsync(tag.Id, [people[1]], default);
        await tags.GiveAsync(tag.Id, [people[2]], default);
        await using (var command = Host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            $"insert into follower_tag (openid, tag) values ('{people[0].Value}', '老邻居'), ('oSomebody-of-old', '老邻居')"))
            await command.ExecuteNonQueryAsync();
        await FollowAsync(await Admin.SendAsync("/console/followers", "Compare", []));
        await Eventually.IsTrueAsync(
            async () => await Admin.GetStringAsync("/console/followers?tag=志愿者") is var listed && listed.Contains($">{FollowersPage.Shown(people[2])}<", StringComparison.Ordinal)
                && !listed.Contains($">{FollowersPage.Shown(people[1])}<", StringComparison.Ordinal), "compared");
        Assert.That(await mirror.ListAsync(default), Does.Contain(("志愿者", 1L)));
        Assert.That((await tags.ListAsync(default)).Value!.Single(t => t.Name == "老邻居").Count, Is.EqualTo(1));

        await Host.Services.GetRequiredService<Bot.Data.Privacy.IPrivacyRequests>().AskEraseAsync(people[2], "test", null, DateTimeOffset.UtcNow, default);
        await Eventually.IsTrueAsync(async () => (await tags.OfAsync(people[2], default)).Value is [], "erased at WeChat, too");
    }

    [Test]
    public async Task A_citizen_is_shown_and_erased_for_a_reason_by_an_administrator_only()
    {
        const string OpenId = "oWants-to-go-678901";
        await Host.Services.GetRequiredService<IFollowers>().HeardFromAsync([new(new OpenId(OpenId), DateTimeOffset.UtcNow)], default);
        var path = Regex.Match(await Admin.GetStringAsync("/console/followers"), "href=\"(/console/followers/[^\"]+)\">…678901").Groups[1].Value;
        Assert.That(path, Does.Not.Contain(OpenId));

        using var silent = await Admin.SendAsync(path, "Export", new() { ["ExportReason"] = " " });
        Assert.That(await TextAsync(silent), Does.Contain("请写明原因"));
        using var shown = await Admin.SendAsync(path, "Export", new() { ["ExportReason"] = "本人到窗口申请" });
        Assert.That(await TextAsync(shown), Does.Contain("关注情况"));
        using var file = await Admin.SendAsync(path, "Export", new() { ["ExportReason"] = "本人到窗口申请", ["format"] = "file" });
        Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(await TextAsync(file), Does.Contain("正在关注"));
        Assert.That(await ActsAsync("privacy.export"), Has.Count.EqualTo(2));

        using var unproven = await Admin.SendAsync(path, "Erase", new() { ["EraseReason"] = "书面申请" });
        Assert.That(await TextAsync(unproven), Does.Contain("请先核实身份并勾选"));
        using var clerk = await Host.SignInAsync("shouli");
        Assert.That(await clerk.GetStringAsync(path), Does.Not.Contain("handler=Erase"));
        var (_, hidden) = await clerk.FormAsync("/console/me", "Password");
        using var forced = await clerk.PostAsync($"{path}?handler=Erase", ConsoleHost.Content(hidden, new() { ["EraseReason"] = "硬来", ["Checked"] = "true" }));
        Assert.That(forced.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        var (address, form) = await Admin.FormAsync(path, "Erase");
        var twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Admin.PostAsync(address, ConsoleHost.Content(form, new() { ["EraseReason"] = "书面申请", ["Checked"] = "true" }))));
        Assert.That(twice.Select(t => t.StatusCode), Is.All.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await ActsAsync("privacy.ask_erase")).Select(a => a.Actor), Is.EqualTo(new[] { "admin" }), "a form sent twice acts once");
        Assert.That(async () => (await Admin.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound).After(10_000, 100), "the job has erased them");
        using var forged = await Admin.GetAsync($"/console/followers/{OpenId}");
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
