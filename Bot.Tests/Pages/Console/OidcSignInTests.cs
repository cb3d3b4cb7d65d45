using System.Net;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.Host.Content;
using Bot.Host.Pages.Console;
using Bot.Tests.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using NUnit.Framework;
using OtpNet;

namespace Bot.Tests.Pages.Console;

/// <summary>Signing in by the office's own provider.</summary>
public sealed class OidcSignInTests
{
    private OidcProvider _provider = null!;
    private TestHost _host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _provider = await OidcProvider.StartAsync();
        _host = await TestHost.StartAsync(settings:
        [
            ("Oidc:Authority", _provider.Address), ("Oidc:ClientId", OidcProvider.Client), ("Oidc:ClientSecret", OidcProvider.Secret), ("Oidc:Label", "滨海市统一身份认证"),
        ]);
    }

    // Who was here before: bound to what the provider calls them.
    private async Task BindAsync(string name, string subject)
    {
        var people = _host.Services.GetRequiredService<IStaffSignIn>();
        Assert.That(await people.BindAsync((await people.FindAsync(name, default))!.Member.Id, $"{_provider.Address} {subject}", default), Is.True);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [SetUp]
    public void Honest() => (_provider.Person, _provider.Subject, _provider.Forges, _provider.Fault) = ("admin", "42", false, "");

    [Test]
    public async Task Who_has_an_account_here_is_let_in_and_led_to_where_they_wanted()
    {
        await BindAsync("admin", "42");
        using var visitor = _host.Visitor();
        Assert.That(await visitor.GetStringAsync("/console/sign-in?back=/console/cases"), Does.Contain("用滨海市统一身份认证登录").And.Contain("/console/sign-in/oidc?back=%2Fconsole%2Fcases"));
        Assert.That(await ComeBackAsync(visitor, "/console/cases"), Is.EqualTo("/console/cases"));
        Assert.That((await visitor.GetAsync("/console/cases")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "demo staff need no second factor");
        Assert.That((await ActsAsync("staff.sign_in")).Select(a => a.Subject), Does.Contain("admin"));
    }

    [Test]
    public async Task The_second_factor_is_ours_unless_the_provider_is_trusted_with_it()
    {
        await NewAsync("zhangsan");
        await BindAsync("zhangsan", "7");
        (_provider.Person, _provider.Subject) = ("ZhangSan", "7");
        using var visitor = _host.Visitor();
        await ComeBackAsync(visitor, null);
        using var stopped = await visitor.GetAsync("/console");
        Assert.That(stopped.Headers.Location!.ToString(), Does.StartWith("/console/sign-in/second-factor"));
    }

    [TestCase("nobody", false)]
    [TestCase("", false)]
    [TestCase("stopped", false)]
    [TestCase("admin", true)]
    public async Task Strangers_and_forged_tokens_stay_outside(string person, bool forged)
    {
        if (person == "stopped")
            await _host.Services.GetRequiredService<IStaff>().ChangeAsync(new(await NewAsync(person), "停用的人", [StaffRole.Agent], null, Active: false), 1, "admin", default);
        (_provider.Person, _provider.Forges) = (person, forged);
        using var visitor = _host.Visitor();
        var told = await ComeBackAsync(visitor, null);
        Assert.That(told, Does.StartWith("/console/sign-in?problem="));
        Assert.That(WebUtility.HtmlDecode(await visitor.GetStringAsync(told)), Does.Contain(forged ? "认证没有完成" : "还没有开通"));
        Assert.That((await visitor.GetAsync("/console")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [TestCase("nonce")]
    [TestCase("audience")]
    [TestCase("issuer")]
    [TestCase("signature")]
    public async Task A_token_that_is_not_for_this_sign_in_is_refused(string fault)
    {
        _provider.Fault = fault;
        using var visitor = _host.Visitor();
        Assert.That(await ComeBackAsync(visitor, null), Does.StartWith("/console/sign-in?problem="));
        Assert.That((await visitor.GetAsync("/console")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task Who_calls_themselves_by_another_name_is_not_let_in_as_them()
    {
        await NewAsync("lisi");
        await BindAsync("lisi", "lisi-at-the-provider");
        (_provider.Person, _provider.Subject) = ("lisi", "lisi-at-the-provider");
        using var own = _host.Visitor();
        Assert.That(await ComeBackAsync(own, null), Is.EqualTo("/console"));
        _provider.Subject = "somebody-else";
        using var other = _host.Visitor();
        Assert.That(await ComeBackAsync(other, null), Does.StartWith("/console/sign-in?problem="));
    }

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example")]
    [TestCase("/p/P001")]
    public async Task Nobody_is_led_elsewhere(string back)
    {
        await BindAsync("admin", "42");
        using var visitor = _host.Visitor();
        Assert.That(await ComeBackAsync(visitor, back), Is.EqualTo("/console"));
    }

    [Test]
    public async Task An_answer_that_was_not_asked_for_is_refused()
    {
        using var visitor = _host.Visitor();
        using var answer = await visitor.GetAsync("/console/sign-in/oidc/callback?code=x&state=y");
        Assert.That(answer.Headers.Location?.ToString(), Does.StartWith("/console/sign-in?problem="));
    }

    [Test]
    public async Task A_name_alone_gives_nobody_an_account_the_password_does_once()
    {
        (_provider.Person, _provider.Subject) = ("shouli", "clerk-1");
        using var visitor = _host.Visitor();
        var told = await ComeBackAsync(visitor, "/console/cases");
        Assert.That(told, Does.StartWith("/console/sign-in?problem=unbound"));
        Assert.That(WebUtility.HtmlDecode(await visitor.GetStringAsync(told)), Does.Contain("第一次用滨海市统一身份认证登录"));
        Assert.That((await visitor.GetAsync("/console")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));

        // Somebody else's account, by the same browser: not bound to who was vouched for.
        var people = _host.Services.GetRequiredService<IStaffSignIn>();
        async Task<string?> BoundAsync(string name) => await people.BoundToAsync((await people.FindAsync(name, default))!.Member.Id, default);
        await visitor.SendAsync("/console/sign-in", null, new() { ["Account"] = "renshe", ["Password"] = DemoStaff.Password });
        Assert.That(await BoundAsync("renshe"), Is.Null);
        using var own = _host.Visitor();
        await own.SendAsync(await ComeBackAsync(own, null), null, new() { ["Account"] = "shouli", ["Password"] = "wrong" });
        Assert.That(await BoundAsync("shouli"), Is.Null);
        await own.SendAsync("/console/sign-in", null, new() { ["Account"] = "shouli", ["Password"] = DemoStaff.Password });
        Assert.That(await BoundAsync("shouli"), Does.EndWith(" clerk-1"));
        using var again = _host.Visitor();
        Assert.That(await ComeBackAsync(again, "/console/cases"), Is.EqualTo("/console/cases"));
        _provider.Subject = "another";
        using var other = _host.Visitor();
        Assert.That(await ComeBackAsync(other, null), Does.StartWith("/console/sign-in?problem=stranger"));
    }

    [TestCase("/console/sign-in", null)]
    [TestCase("/console", "sign-out")]
    public async Task What_is_far_too_large_is_not_read_before_it_is_known_who_sends_it(string path, string? form)
    {
        using var client = form is null ? _host.Visitor() : await _host.SignInAsync("admin");
        using var answer = await client.SendAsync(path, form, new() { ["Account"] = new string('x', 100_000) });
        Assert.That(answer.StatusCode, Is.AnyOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task A_stolen_password_binds_nobody_the_second_factor_behind_it_does()
    {
        var (people, factor) = (_host.Services.GetRequiredService<IStaffSignIn>(), _host.Services.GetRequiredService<SecondFactor>());
        const string password = "shan-shui-tian-7";
        await _host.Services.GetRequiredService<IStaff>().AddAsync(
            new("wangwu", "王五", [StaffRole.Agent], "center", PasswordKept: true), _host.Services.GetRequiredService<IPasswordHasher<StaffMember>>().HashPassword(null!, password), "test", default);
        var member = (await people.FindAsync("wangwu", default))!.Member;
        var enrolment = factor.Read(factor.Propose(), member)!;
        var codes = (await factor.EnrolAsync(member, enrolment, new Totp(enrolment.Secret).ComputeTotp(), default))!;

        async Task<HttpClient> WithPasswordAsync(string subject)
        {
            (_provider.Person, _provider.Subject) = ("wangwu", subject);
            var visitor = _host.Visitor();
            using var answer = await visitor.SendAsync(await ComeBackAsync(visitor, null), null, new() { ["Account"] = "wangwu", ["Password"] = password });
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            return visitor;
        }

        using (await WithPasswordAsync("the-thief"))
            Assert.That(await people.BoundToAsync(member.Id, default), Is.Null, "the page that asks for the code was left");
        using var own = await WithPasswordAsync("the-owner");
        using var opened = await own.SendAsync("/console/sign-in/code", null, new() { ["Code"] = codes[0] });
        Assert.That(opened.Headers.Location?.ToString(), Is.EqualTo("/console"));
        Assert.That(await people.BoundToAsync(member.Id, default), Does.EndWith(" the-owner"));
    }

    [Test]
    public async Task Who_came_by_the_provider_leaves_there_too()
    {
        await BindAsync("admin", "42");
        using var visitor = _host.Visitor();
        await ComeBackAsync(visitor, null);
        using var left = await visitor.SendAsync("/console", "sign-out", []);
        var (address, asked) = (left.Headers.GetValues("Refresh").Single()["0; url=".Length..], QueryHelpers.ParseQuery(left.Headers.GetValues("Refresh").Single().Split('?', 2)[1]));
        Assert.That(address, Does.StartWith($"{_provider.Address}/leave?"));
        Assert.That((asked["realm"].ToString(), asked["client_id"].ToString(), asked["post_logout_redirect_uri"].ToString()), Is.EqualTo(("office", OidcProvider.Client, $"{_host.Address}console/sign-in")));
        Assert.That(new JsonWebToken(asked["id_token_hint"]).Subject, Is.EqualTo("42"));
        Assert.That(await left.Content.ReadAsStringAsync(), Does.Contain(WebUtility.HtmlEncode(address)), "a link, for whom the header does not lead there");
        Assert.That((await visitor.GetAsync("/console")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "and here");

        // The same browser, afterwards by a password.
        await visitor.SendAsync("/console/sign-in", null, new() { ["Account"] = "admin", ["Password"] = DemoStaff.Password });
        using var here = await visitor.SendAsync("/console", "sign-out", []);
        Assert.That(here.Headers.Location?.ToString(), Is.EqualTo("/console/sign-in"));
    }

    [Test]
    public async Task A_provider_that_cannot_be_left_keeps_nobody_here()
    {
        await using var provider = await OidcProvider.StartAsync();
        (provider.EndsSessions, provider.Person) = (false, "admin");
        await using var host = await TestHost.StartAsync(settings: [("Oidc:Authority", provider.Address), ("Oidc:ClientId", OidcProvider.Client), ("Oidc:ClientSecret", OidcProvider.Secret)]);
        using var visitor = host.Visitor();
        var people = host.Services.GetRequiredService<IStaffSignIn>();
        await people.BindAsync((await people.FindAsync("admin", default))!.Member.Id, $"{provider.Address} 42", default);
        await ComeBackAsync(visitor, null, provider);
        using var left = await visitor.SendAsync("/console", "sign-out", []);
        Assert.That(left.Headers.Location?.ToString(), Is.EqualTo("/console/sign-in"));
        Assert.That((await visitor.GetAsync("/signout-oidc")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "the framework's own address");
    }

    private async Task<long> NewAsync(string name)
    {
        var staff = _host.Services.GetRequiredService<IStaff>();
        await staff.AddAsync(new(name, name, [StaffRole.Agent], null), "x", "admin", default);
        return (await staff.ListAsync(new(name, null, null, null, 1, 1), default)).People[0].Member.Id;
    }

    // There and back again; where the last answer leads.
    private async Task<string> ComeBackAsync(HttpClient visitor, string? back, OidcProvider? at = null)
    {
        using var leaves = await visitor.GetAsync($"/console/sign-in/oidc{(back is null ? "" : $"?back={Uri.EscapeDataString(back)}")}");
        Assert.That(leaves.Headers.Location!.ToString(), Does.StartWith((at ?? _provider).Address).And.Contain("code_challenge=").And.Contain("nonce="));
        using var provider = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var vouched = await provider.GetAsync(leaves.Headers.Location);
        using var returns = await visitor.GetAsync(vouched.Headers.Location);
        Assert.That(returns.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await returns.Content.ReadAsStringAsync());
        return returns.Headers.Location!.ToString();
    }

    private async Task<IReadOnlyList<AuditEntry>> ActsAsync(string act) => await _host.Services.GetRequiredService<IAuditTrail>().ListAsync(new(null, act, null, null, null, null, 0, 50), default);
}
