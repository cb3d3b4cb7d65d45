using System.Net;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

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

    private async Task<long> NewAsync(string name)
    {
        var staff = _host.Services.GetRequiredService<IStaff>();
        await staff.AddAsync(new(name, name, [StaffRole.Agent], null), "x", "admin", default);
        return (await staff.ListAsync(new(name, null, null, null, 1, 1), default)).People[0].Member.Id;
    }

    // There and back again; where the last answer leads.
    private async Task<string> ComeBackAsync(HttpClient visitor, string? back)
    {
        using var leaves = await visitor.GetAsync($"/console/sign-in/oidc{(back is null ? "" : $"?back={Uri.EscapeDataString(back)}")}");
        Assert.That(leaves.Headers.Location!.ToString(), Does.StartWith(_provider.Address).And.Contain("code_challenge=").And.Contain("nonce="));
        using var provider = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var vouched = await provider.GetAsync(leaves.Headers.Location);
        using var returns = await visitor.GetAsync(vouched.Headers.Location);
        Assert.That(returns.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await returns.Content.ReadAsStringAsync());
        return returns.Headers.Location!.ToString();
    }

    private async Task<IReadOnlyList<AuditEntry>> ActsAsync(string act) => await _host.Services.GetRequiredService<IAuditTrail>().ListAsync(new(null, act, null, null, null, null, 0, 50), default);
}
