using System.Net;
using System.Text;
using Bot.Data.Cases;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Handlers.Complaints;
using Bot.Handlers.Desk;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>依申请公开 in the console and behind the link in the chat.</summary>
public sealed class DisclosurePagesTests
{
    private TestHost _host = null!;
    private HttpClient _agent = null!;
    private HttpClient _admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        (_agent, _admin) = (await _host.SignInAsync("shouli"), await _host.SignInAsync("admin"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _agent.Dispose();
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Files_go_out_with_the_answer_once_a_second_person_has_read_them()
    {
        var cases = _host.Services.GetRequiredService<ICases>();
        var filed = await cases.FileAsync(
            new(Guid.NewGuid(), new("oApplicant"), CaseKind.Disclosure, "information-request", "2025年预算", [], null, null, "", false, "王伟", false) { Applicant = "person" }, default);
        var path = $"/console/cases/{filed.Number}";
        await DoneAsync(await _agent.SendAsync(path, "Act", new() { ["act"] = "accept" }));
        Assert.That(await _agent.GetStringAsync("/console/cases?kind=Disclosure"), Does.Match("href=\"/console/disclosures\"[^>]*aria-current=\"page\""));
        Assert.That(await _agent.GetStringAsync("/console/cases?kind=Disclosure"), Does.Not.Match("href=\"/console/cases\"[^>]*aria-current=\"page\""));

        using var refused = await ReplyAsync(path, "程序.exe", "MZ"u8.ToArray());
        Assert.That(WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), Does.Contain("不能上传这种文件").And.Contain("附件请重新选择").And.Contain("见附件的预算表"));
        await DoneAsync(await ReplyAsync(path, "预算<b>表.pdf", "%PDF-1.7 预算"u8.ToArray()));
        var pending = WebUtility.HtmlDecode(await _admin.GetStringAsync(path));
        Assert.That(pending, Does.Contain("答复附件").And.Contain("预算b表.pdf").And.Contain("待审核"));
        await DoneAsync(await _admin.SendAsync(path, "Act", new() { ["act"] = "reject_reply", ["words"] = "写明年度" }));
        var again = WebUtility.HtmlDecode(await _agent.GetStringAsync(path));
        Assert.That(again, Does.Match("<textarea[^>]*>\\s*见附件的预算表</textarea>"), "to begin from");
        var kept = System.Text.RegularExpressions.Regex.Match(again, "name=\"kept\" value=\"([0-9]+)\" checked").Groups[1].Value;
        await DoneAsync(await _agent.SendAsync(path, "Act", new() { ["act"] = "reply", ["words"] = "见附件的2025年预算表", ["decision"] = Disclosure.Open, ["kept"] = kept }));
        await DoneAsync(await _admin.SendAsync(path, "Act", new() { ["act"] = "approve_reply" }));

        var link = (await _host.Services.GetRequiredService<DocumentLinks>().ForAsync(filed.Number, default))!.Value.Address;
        var page = new Uri(link).AbsolutePath;
        var shown = WebUtility.HtmlDecode(await _host.Client.GetStringAsync(page));
        Assert.That(shown, Does.Contain("预算b表.pdf").And.Contain(filed.Number).And.Contain("noindex"));
        var file = System.Text.RegularExpressions.Regex.Match(shown, $"href=\"({page}/[0-9]+/[^\"]*)\"").Groups[1].Value;
        using var got = await _host.Client.GetAsync(file);
        Assert.That((got.Content.Headers.ContentType!.MediaType, await got.Content.ReadAsStringAsync()), Is.EqualTo(("application/pdf", "%PDF-1.7 预算")));
        Assert.That(got.Headers.CacheControl!.NoStore, Is.True);
        using var forged = await _host.Client.GetAsync(page[..^1] + (page[^1] == 'A' ? 'B' : 'A'));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        // As the link of four days ago.
        DocumentLinks earlier = new(
            _host.Services.GetRequiredService<IFieldCiphers>(), _host.Services.GetRequiredService<AccountProfile>(), new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-4)));
        var old = new Uri((await earlier.ForAsync(filed.Number, default))!.Value.Address).AbsolutePath;
        using var lapsed = await _host.Client.GetAsync(old);
        Assert.That(lapsed.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(WebUtility.HtmlDecode(await lapsed.Content.ReadAsStringAsync()), Does.Contain("这个链接已过有效期").And.Contain($"查 {filed.Number}").And.Not.Contain("预算b表"));
        using var late = await _host.Client.GetAsync(old + file[page.Length..]);
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _host.Services.GetRequiredService<ICaseDesk>().FindAsync(filed.Number, new StaffMember(1, "shouli", "", [StaffRole.Agent], null), default))!.Documents.Single().SentAt, Is.Not.Null);
    }

    private async Task<HttpResponseMessage> ReplyAsync(string path, string name, byte[] content)
    {
        var (address, hidden) = await _agent.FormAsync(path, "Act");
        using MultipartFormDataContent body = new();
        foreach (var (field, value) in new Dictionary<string, string?>(hidden) { ["act"] = "reply", ["words"] = "见附件的预算表", ["decision"] = Disclosure.Open })
            body.Add(new StringContent(value ?? "", Encoding.UTF8), field);
        body.Add(new ByteArrayContent(content), "uploads", name);
        return await _agent.PostAsync(address, body);
    }

    private static async Task DoneAsync(HttpResponseMessage answer)
    {
        using (answer)
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
    }
}
