using System.Net;
using System.Text.RegularExpressions;
using Bot.Data.Staff;
using Bot.Host.Content;
using Bot.Host.Pages.Console;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

/// <summary>Staff and departments.</summary>
public sealed class PeoplePagesTests : OfficeFixture
{
    private static Dictionary<string, string?> Person(string name, string display, string roles, string? department) => new()
    {
        ["Input.Name"] = name, ["Input.DisplayName"] = display, ["Input.Roles"] = roles, ["Input.Department"] = department,
    };

    [Test]
    public async Task Somebody_new_gets_a_password_that_is_shown_once_and_can_be_changed_and_stopped()
    {
        using var added = await Admin.SendAsync("/console/people/0", "Save", Person("xinren", "新来的", "Officer", "jiaoyu"));
        var page = await FollowAsync(added);
        var given = Regex.Match(page, "<code id=\"given\">([^<]+)<").Groups[1].Value;
        Assert.That(given, Has.Length.EqualTo(14));
        Assert.That(await Admin.GetStringAsync(added.Headers.Location), Does.Not.Contain(given), "once");
        using var newcomer = await Host.SignInAsync("xinren", given);

        var path = added.Headers.Location!.ToString();
        using var changed = await Admin.SendAsync(path, "Save", Person("ignored", "改过名", "Agent\u001fEditor", ""));
        Assert.That(await FollowAsync(changed), Does.Contain("已保存，立即生效").And.Contain("改过名"));
        var record = (await Host.Services.GetRequiredService<IStaff>().ListAsync(new("xinren", null, null, null, 1, 1), default)).People[0];
        Assert.That(record.Member.Roles, Is.EqualTo(new[] { StaffRole.Agent, StaffRole.Editor }));
        Assert.That(record.Active, Is.False, "a box that is not ticked is not sent");
        using var ended = await newcomer.GetAsync("/console/sign-in/second-factor");
        Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "their session is over");
        Assert.That((await ActsAsync("staff.change")).Select(a => a.Subject), Does.Contain("xinren"));
    }

    [Test]
    public async Task Whoever_guesses_learns_nothing_and_keeps_nobody_out()
    {
        using var owner = await Host.SignInAsync("shenji");
        var desk = Host.Services.GetRequiredService<SignInDesk>();
        SignInPlace stranger = new("127.0.0.1", "a stranger's browser in the same network", "");
        foreach (var name in (string[])["shenji", "nobody-has-this"])
        {
            List<SignInOutcome> answers = [];
            for (var i = 0; i < 6; i++)
                answers.Add(await desk.TryAsync(name, $"wrong-{i}", stranger, null, default));
            Assert.That(answers.Take(4), Is.All.InstanceOf<SignInOutcome.Wrong>(), name);
            Assert.That(answers.Skip(4), Is.All.InstanceOf<SignInOutcome.Resting>(), name);
        }

        (await owner.SendAsync("/console", "sign-out", [])).Dispose();
        using var back = await owner.SendAsync("/console/sign-in", null, new() { ["Account"] = "shenji", ["Password"] = DemoStaff.Password });
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "from the browser that got in before");
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
        using var answer = await Admin.SendAsync("/console/people/0", "Save", Person(name, display, roles!, department));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TextAsync(answer), Does.Contain(words).And.Not.Contain("<script>\""));
    }

    [Test]
    public async Task The_last_administrator_stays_and_an_old_form_changes_nothing()
    {
        var (address, hidden) = await Admin.FormAsync("/console/people/1", "Save");
        using var last = await Admin.PostAsync(address, ConsoleHost.Content(hidden, Person("", "王海", "Agent", "center")));
        Assert.That(await TextAsync(last), Does.Contain("至少要保留一名在用的管理员"));

        var (other, stale) = await Admin.FormAsync("/console/people/9", "Save");
        using var first = await Admin.SendAsync("/console/people/9", "Save", new(Person("", "郑华一", "Auditor", "")) { ["Input.Active"] = "true" });
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var late = await Admin.PostAsync(other, ConsoleHost.Content(stale, new(Person("", "郑华二", "Auditor", "")) { ["Input.Active"] = "true" }));
        Assert.That(await TextAsync(late), Does.Contain("刚被他人修改"));
    }

    [TestCase("", "x", "请填写名称")]
    [TestCase("新局", "Bad Code", "小写字母")]
    [TestCase("市教育局", "another", "已有同名的部门")]
    [TestCase("新局", "jiaoyu", "已有部门使用")]
    public async Task A_department_that_is_filled_in_wrong_is_refused(string name, string code, string words)
    {
        using var answer = await Admin.SendAsync("/console/departments", null, new() { ["Input.Name"] = name, ["Input.Code"] = code });
        Assert.That(await TextAsync(answer), Does.Contain(words));
    }

    [Test]
    public async Task Demo_staff_keep_the_password_that_everybody_knows()
    {
        using var own = await Admin.SendAsync("/console/me", "Password", new() { ["Current"] = DemoStaff.Password, ["Password"] = "feng-he-ri-li", ["Again"] = "feng-he-ri-li" });
        Assert.That(await TextAsync(own), Does.Contain("演示账号的密码固定不变"));
    }
}
