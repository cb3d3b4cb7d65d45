using System.Net;
using Bot.Data.Staff;
using Bot.Host.Content;
using Bot.Host.Pages.Console;
using Bot.Tests.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OtpNet;

namespace Bot.Tests.Pages.Console;

public sealed class SignInTests
{
    private const string Own = "shan-shui-tian-7";

    private TestDatabase database = null!;
    private TestHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        database = await TestDatabase.CreateAsync();
        host = await TestHost.StartAsync(database: database);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task<string> NewcomerAsync(string name, bool passwordKept = true, params StaffRole[] roles)
    {
        var hasher = host.Services.GetRequiredService<IPasswordHasher<StaffMember>>();
        await host.Services.GetRequiredService<IStaff>().AddAsync(
            new(name, "新人", roles.Length > 0 ? roles : [StaffRole.Agent], "center", passwordKept), hasher.HashPassword(null!, Own), "test", default);
        return name;
    }

    private static Dictionary<string, string?> Fields(string name, string password) => new() { ["Account"] = name, ["Password"] = password };

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    [Test]
    public async Task The_demo_stands_filled_in_and_opens_the_console()
    {
        using var client = host.Visitor();
        Assert.That(await client.GetStringAsync("/console/sign-in"), Does.Contain("value=\"admin\"").And.Contain($"value=\"{DemoStaff.Password}\""));
        using var admin = await host.SignInAsync("admin");
        Assert.That(await admin.GetStringAsync("/console"), Does.Contain("王海").And.Contain("工作台"));
    }

    [Test]
    public async Task The_page_that_was_asked_for_comes_after_signing_in_and_only_one_of_ours()
    {
        foreach (var (back, to) in new[] { ("/console/me", "/console/me"), ("https://evil.example/", "/console"), ("//evil.example", "/console"), ("/console\\@evil.example", "/console"), ("/console/sign-in", "/console") })
        {
            using var client = host.Visitor();
            using var answer = await client.SendAsync($"/console/sign-in?back={Uri.EscapeDataString(back)}", null, Fields("admin", DemoStaff.Password));
            Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo(to), $"{back}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [TestCase("admin", "wrong-password", "账号或密码不正确")]
    [TestCase("nobody-of-this-name", "wrong-password", "账号或密码不正确")]
    [TestCase("", "", "请填写账号")]
    [TestCase("<script>alert(1)</script>", "x", "账号或密码不正确")]
    public async Task Refuses_in_the_same_words_whoever_it_is(string name, string password, string words)
    {
        using var client = host.Visitor();
        using var answer = await client.SendAsync("/console/sign-in", null, Fields(name, password));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain(words).And.Not.Contain("<script>alert"));
        Assert.That(page, Does.Not.Contain(password.Length > 3 ? password : "no such text"));
    }

    [Test]
    public async Task After_five_wrong_passwords_even_the_right_one_waits()
    {
        var name = await NewcomerAsync("guessed");
        using var client = host.Visitor();
        for (var i = 0; i < 5; i++)
            await client.SendAsync("/console/sign-in", null, Fields(name, $"wrong-{i}"));
        using var answer = await client.SendAsync("/console/sign-in", null, Fields(name, Own));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("输错次数过多"));
    }

    [Test]
    public async Task A_second_factor_is_set_up_at_the_first_sign_in_and_asked_for_at_the_next()
    {
        var name = await NewcomerAsync("factor");
        using var client = await host.SignInAsync(name, Own);
        using (var early = await client.GetAsync("/console"))
            Assert.That(early.Headers.Location!.ToString(), Is.EqualTo("/console/sign-in/second-factor"), "nothing opens before");

        var page = await client.GetStringAsync("/console/sign-in/second-factor");
        var secret = Base32Encoding.ToBytes(System.Text.RegularExpressions.Regex.Match(page, "mono\">([A-Z2-7 ]+)<").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        var (address, hidden) = await client.FormAsync("/console/sign-in/second-factor", null);
        hidden["Proposal"] = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, "name=\"Proposal\" value=\"([^\"]+)\"").Groups[1].Value);
        using (var wrong = await client.PostAsync(address, ConsoleHost.Content(hidden, new() { ["Code"] = "000000" })))
            Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("验证码不正确"));
        using var done = await client.PostAsync(address, ConsoleHost.Content(hidden, new() { ["Code"] = new Totp(secret).ComputeTotp() }));
        var codes = System.Text.RegularExpressions.Regex.Matches(await done.Content.ReadAsStringAsync(), "<span>([2-9A-Z]{5})-([2-9A-Z]{5})</span>");
        Assert.That(codes, Has.Count.EqualTo(10));
        using (var open = await client.GetAsync("/console"))
            Assert.That(open.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var again = await host.SignInAsync(name, Own);
        using (var used = await again.SendAsync("/console/sign-in/code", null, new() { ["Code"] = new Totp(secret).ComputeTotp() }))
            Assert.That(used.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the same code does not serve twice");
        using (var recovery = await again.SendAsync("/console/sign-in/code", null, new() { ["Code"] = codes[0].Groups[1].Value + "-" + codes[0].Groups[2].Value.ToLowerInvariant() }))
            Assert.That(recovery.Headers.Location?.ToString(), Is.EqualTo("/console"));

        using var third = await host.SignInAsync(name, Own);
        using (var twice = await third.SendAsync("/console/sign-in/code", null, new() { ["Code"] = codes[0].Groups[1].Value + codes[0].Groups[2].Value }))
            Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.OK), "nor does a recovery code");
    }

    [Test]
    public async Task A_given_password_is_changed_before_anything_opens()
    {
        await ExecuteAsync("delete from staff_session");
        var name = await NewcomerAsync("given", passwordKept: false);
        await ExecuteAsync("update staff set demo = true where name = 'given'");
        using var client = await host.SignInAsync(name, Own);
        using (var early = await client.GetAsync("/console/me"))
            Assert.That(early.Headers.Location!.ToString(), Is.EqualTo("/console/sign-in/password?back=%2Fconsole%2Fme"));
        foreach (var (password, again, words) in new[] { ("short", "short", "至少 10 位"), ("1234567890", "1234567890", "太简单"), ("given-given", "given-given", "不要包含账号名"), ("password123", "password123", "常见密码"), ("feng-he-ri-li", "feng-he-ri-lu", "不一样") })
        {
            using var refused = await client.SendAsync("/console/sign-in/password", null, new() { ["Password"] = password, ["Again"] = again });
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain(words), password);
        }

        using var changed = await client.SendAsync("/console/sign-in/password", null, new() { ["Password"] = "feng-he-ri-li", ["Again"] = "feng-he-ri-li" });
        using var open = await client.GetAsync("/console");
        Assert.That(open.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_session_ends_when_it_lies_idle_is_signed_out_or_its_owner_leaves()
    {
        foreach (var end in new[] { "update staff_session set last_seen_at = now() - interval '31 minutes'", "update staff set active = false where name = 'shenji'", "update staff_session set ended_at = now()" })
        {
            using var client = await host.SignInAsync("shenji");
            using (var before = await client.GetAsync("/console"))
                Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            await ExecuteAsync(end);
            using (var after = await client.GetAsync("/console"))
                Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), end);
            await ExecuteAsync("update staff set active = true");
        }

        using var leaving = await host.SignInAsync("shenji");
        using var left = await leaving.SendAsync("/console/me", "sign-out", []);
        Assert.That(left.Headers.Location?.ToString(), Is.EqualTo("/console/sign-in"));
        using var gone = await leaving.GetAsync("/console/me");
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task What_a_page_asks_for_by_itself_keeps_nobody_signed_in()
    {
        await using var find = database.DataSource.CreateCommand("select id from staff where name = 'shenji'");
        var key = await host.Services.GetRequiredService<IStaffSessions>().BeginAsync((long)(await find.ExecuteScalarAsync())!, "test", verified: true, default);
        using var watching = host.Visitor();
        watching.DefaultRequestHeaders.Add("Cookie", $"staff={key}");
        watching.DefaultRequestHeaders.Add(StaffAuthentication.Poll, "1");
        await ExecuteAsync("update staff_session set last_seen_at = now() - interval '29 minutes'");
        using (var polled = await watching.GetAsync("/console"))
            Assert.That(polled.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ExecuteAsync("update staff_session set last_seen_at = last_seen_at - interval '2 minutes'");
        using var later = await watching.GetAsync("/console");
        Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task The_cookie_is_the_browsers_alone()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new() }) { BaseAddress = host.Address };
        using var answer = await client.SendAsync("/console/sign-in", null, Fields("admin", DemoStaff.Password));
        Assert.That(answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("staff=", StringComparison.Ordinal)), Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase.And.Contain("path=/console").IgnoreCase);
        using var forged = host.Visitor();
        forged.DefaultRequestHeaders.Add("Cookie", "staff=" + new string('a', 43));
        using var refused = await forged.GetAsync("/console");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task Demo_staff_are_nobody_where_there_is_no_demo()
    {
        await using var real = await Bot.Tests.Endpoints.Callback.HostAsync(Bot.WeChat.WeChatMode.Safe, null, database, ("Bot:Demo", "false"));
        using var client = real.Visitor();
        Assert.That(await client.GetStringAsync("/console/sign-in"), Does.Not.Contain(DemoStaff.Password));
        using var answer = await client.SendAsync("/console/sign-in", null, Fields("admin", DemoStaff.Password));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("账号或密码不正确"));
    }

    [Test]
    public async Task A_form_that_is_sent_twice_acts_once()
    {
        using var client = await host.SignInAsync("bianji");
        using var other = await host.SignInAsync("bianji");
        var (address, hidden) = await client.FormAsync("/console/me", "Others");
        var both = await Task.WhenAll(client.PostAsync(address, ConsoleHost.Content(hidden, [])), client.PostAsync(address, ConsoleHost.Content(hidden, [])));
        Assert.That(both.Select(b => b.Headers.Location?.ToString()), Is.All.EqualTo("/console/me"));
        Assert.That(await client.GetStringAsync("/console/me"), Does.Contain("已退出其他"));
    }

    [Test]
    public void Common_passwords_are_known()
    {
        foreach (var weak in new[] { "password123", "1qaz2wsx3edc", "aaaaaaaaaa", "abcdefghijkl", "9876543210", "iloveyou2026" })
            Assert.That(PasswordRules.Fault(weak, "admin"), Is.Not.Null, weak);
        foreach (var fine in new[] { DemoStaff.Password, Own, "Xk7#pq29Lm" })
            Assert.That(PasswordRules.Fault(fine, "somebody"), Is.Null, fine);
    }
}
