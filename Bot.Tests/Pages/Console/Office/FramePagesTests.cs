using System.Net;
using Bot.Data.Followers;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

/// <summary>What the console has for everybody: what is found, kept and refused, and the log of who did what.</summary>
public sealed class FramePagesTests : OfficeFixture
{
    [Test]
    public async Task Whatever_somebody_may_see_is_found_from_the_frame()
    {
        const string OpenId = "oFound-by-openid-000777";
        await Host.Services.GetRequiredService<IFollowers>().HeardFromAsync([new(new OpenId(OpenId), DateTimeOffset.UtcNow)], default);
        using var clerk = await Host.SignInAsync("renshe");
        async Task<(string? To, string Page)> FindAsync(HttpClient who, string asked)
        {
            using var answer = await who.SendAsync("/console", "Find", new() { ["q"] = asked });
            return (answer.Headers.Location?.ToString(), answer.Headers.Location is { } to ? await who.GetStringAsync(to) : await TextAsync(answer));
        }

        Assert.That((await FindAsync(Admin, "王海")).Page, Does.Contain("/console/people/").And.Contain("人员"));
        Assert.That((await FindAsync(clerk, "王海")).Page, Does.Not.Contain("/console/people/"), "staff are the administrator's");
        Assert.That((await FindAsync(clerk, "居住证")).Page, Does.Contain("居住证申领").And.Not.Contain("/console/policies/item"));
        Assert.That((await FindAsync(Admin, "审计")).Page, Does.Contain("href=\"/console/audit\""));
        var (straight, _) = await FindAsync(Admin, OpenId);
        Assert.That(straight, Does.StartWith("/console/followers/").And.Not.Contain(OpenId));
        Assert.That((await FindAsync(clerk, OpenId)).To, Is.Null, "no openid in an address, and none for whom followers are closed");
        var unknown = Bot.Data.Numbers.PublicNumber.Make("TS", new(2026, 1, 2), 7).Text;
        Assert.That((await FindAsync(Admin, unknown)).To, Is.EqualTo($"/console/search?q={unknown}"), "there is no such case");
        Assert.That((await FindAsync(Admin, "<script>")).Page, Does.Contain("value=\"&lt;script&gt;\"").And.Not.Contain("<script>"));
        Assert.That((await FindAsync(Admin, new string('长', 129))).Page, Does.Contain("最多 128 个字"));
        Assert.That((await FindAsync(Admin, "")).Page, Does.Contain("要找什么"));
    }

    [Test]
    public async Task Filters_of_the_queue_are_kept_by_each_for_themselves()
    {
        const string Filters = "view=Open&kind=Complaint&sort=Newest";
        using var clerk = await Host.SignInAsync("shouli");
        using var kept = await clerk.SendAsync($"/console/cases?{Filters}", "Save", new() { ["SavedName"] = " 新来的<投诉> " });
        Assert.That(kept.Headers.Location?.ToString(), Is.EqualTo($"/console/cases?{Filters}"), await TextAsync(kept));
        Assert.That(await clerk.GetStringAsync("/console/cases"), Does.Contain("新来的&lt;投诉&gt;").And.Contain(Filters.Replace("&", "&amp;", StringComparison.Ordinal)));
        Assert.That(await Admin.GetStringAsync("/console/cases"), Does.Not.Contain("新来的"), "theirs alone");
        using var nameless = await clerk.SendAsync("/console/cases?view=Mine", "Save", new() { ["SavedName"] = " " });
        Assert.That(await TextAsync(nameless), Does.Contain("请填写 1 至 20 个字的名称"));
        using var forgotten = await clerk.SendAsync("/console/cases", "Forget", []);
        Assert.That(await clerk.GetStringAsync(forgotten.Headers.Location), Does.Contain("已删除常用筛选").And.Contain("撤销"));
        Assert.That(await clerk.GetStringAsync("/console/cases"), Does.Not.Contain("新来的"));
    }

    [Test]
    public async Task A_zero_character_in_a_form_is_refused_in_words()
    {
        using var visitor = Host.Visitor();
        using var ours = await Admin.SendAsync("/console/keywords/0", "Save", new() { ["Input.Keyword"] = "大厅\0", ["Input.Reply"] = "滨海路 1 号" });
        // A form in parts is not decoded, so the server itself lets it through.
        using var theirs = await visitor.PostAsync("/consultations/1", new MultipartFormDataContent { { new StringContent("好\0"), "Words" } });
        foreach (var answer in new[] { ours, theirs })
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), answer.RequestMessage!.RequestUri!.ToString());
            Assert.That(await TextAsync(answer), Does.Contain("无法保存的字符"));
        }
    }

    [Test]
    public async Task The_audit_log_tells_who_did_what_and_proves_that_it_is_whole()
    {
        using var clerk = await Host.SignInAsync("bianji");
        using var auditor = await Host.SignInAsync("shenji");
        Assert.That(await auditor.GetStringAsync("/console/audit?actor=bianji&act=staff.sign_in"), Does.Contain("登录").And.Contain("bianji").And.Not.Contain("chuangkou"));
        using var verified = await auditor.SendAsync("/console/audit", "Verify", []);
        Assert.That(await auditor.GetStringAsync(verified.Headers.Location), Does.Contain("校验通过"));
        using var bad = await auditor.GetAsync("/console/audit?from=yesterday&before=-1&act=" + new string('x', 100));
        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
